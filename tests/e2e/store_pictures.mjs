// How the pictures for the store are composed: a page of the extension on a calm ground, with one line of words.

const GROUND = 'radial-gradient(120% 90% at 12% 0%, #e3f4ef 0%, transparent 60%), radial-gradient(110% 100% at 100% 100%, #dbe7fb 0%, transparent 62%), #f3f6f8';

const STYLE = `
  * { box-sizing: border-box; margin: 0; }
  body { overflow: hidden; color: #171b26; background: ${GROUND}; font-family: system-ui, sans-serif; }
  img { display: block; width: 100%; }
  .window, .card { overflow: hidden; background: #fff; box-shadow: 0 0 0 1px rgb(23 27 38 / 7%), 0 24px 60px -12px rgb(18 50 60 / 28%); }
  h1 { font-weight: 650; text-wrap: balance; word-break: auto-phrase; }
  svg { display: block; flex: none; }
`;

const source = (png) => `data:image/png;base64,${png.toString('base64')}`;

/** The text of a message as markup. */
const escaped = (text) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Each sentence on a line of its own; in Chinese and Japanese, each part of one. */
const sentences = (text) => text.split(/(?<=[.?؟।。，、])\s*/).filter(Boolean).map((one) => `<span>${escaped(one)}</span>`).join('');

async function paint(easel, path, { width, height }, { language, isMirrored }, markup) {
  await easel.setViewportSize({ width, height });
  await easel.setContent(`<!doctype html><html lang="${language}" dir="${isMirrored ? 'rtl' : 'ltr'}"><style>${STYLE}</style>${markup}`);
  await easel.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  // The store takes pictures of exactly this size, with nothing to be seen through.
  await easel.screenshot({ path, scale: 'css' });
}

/** 1280 × 800: a window below a line of words. */
export function screenshot(easel, path, { caption, window, mark, ...style }) {
  return paint(easel, path, { width: 1280, height: 800 }, style, `
    <style>
      body { display: grid; grid-template-rows: 130px auto; justify-items: center; }
      header { display: flex; gap: 20px; align-items: center; max-width: 1160px; }
      h1 { font-size: 42px; line-height: 1.15; }
      header svg { width: 48px; height: 48px; }
      .window { width: 1064px; height: 670px; border-radius: 18px 18px 0 0; }
    </style>
    <header>${mark}<h1>${escaped(caption)}</h1></header>
    <div class="window"><img src="${source(window)}"></div>`);
}

/** 440 × 280: the name, and the card that rises into the tile. */
export function tile(easel, path, { name, headline, card, mark, ...style }) {
  return paint(easel, path, { width: 440, height: 280 }, style, `
    <style>
      body { padding: 20px 28px 0; }
      header { display: flex; gap: 12px; align-items: center; font-size: 27px; font-weight: 700; }
      header svg { width: 36px; height: 36px; }
      h1 { margin-block: 8px 14px; font-size: 18px; font-weight: 500; line-height: 1.3; color: #3c4353; }
      .card { border-radius: 13px; }
    </style>
    <header>${mark}<bdi>${escaped(name)}</bdi></header>
    <h1>${escaped(headline)}</h1>
    <div class="card"><img src="${source(card)}"></div>`);
}

/** 1400 × 560: words beside the card. */
export function marquee(easel, path, { name, headline, promise, card, mark, ...style }) {
  return paint(easel, path, { width: 1400, height: 560 }, style, `
    <style>
      body { display: grid; grid-template-columns: 1fr 660px; gap: 64px; align-items: center; height: 560px; padding-inline: 84px 72px; }
      header { display: flex; gap: 16px; align-items: center; font-size: 34px; font-weight: 700; }
      header svg { width: 48px; height: 48px; }
      h1 { margin-block: 26px 20px; font-size: 44px; line-height: 1.18; }
      h1 span { display: block; }
      p { word-break: auto-phrase; font-size: 22px; line-height: 1.45; color: #3c4353; text-wrap: pretty; }
      .card { border-radius: 20px; }
    </style>
    <div><header>${mark}<bdi>${escaped(name)}</bdi></header><h1>${sentences(headline)}</h1><p>${escaped(promise)}</p></div>
    <div class="card"><img src="${source(card)}"></div>`);
}
