// The language that was chosen: kept in the browser, and the one in which the front page opens.
const KEPT = 'language';
const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('#languages a'));

/** A browser that keeps nothing throws. */
function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

/** @param {string} tag */
function keep(tag) {
  try {
    localStorage.setItem(KEPT, tag);
  } catch {}
}

/** @param {string} tag */
function closest(tag) {
  const [primary, ...parts] = tag.toLowerCase().split('-');
  const isTraditional = parts.some((part) => ['hant', 'hk', 'mo', 'tw'].includes(part));
  const name = primary === 'zh' && isTraditional ? 'zh-tw' : primary;
  return [...links].find(({ hreflang }) => hreflang.toLowerCase() === name) ?? [...links].find(({ hreflang }) => hreflang.split('-')[0] === primary);
}

for (const link of links) {
  link.addEventListener('click', () => {
    keep(link.hreflang);
    // What was pasted goes along.
    link.hash = location.hash;
  });
}

// At the door, and nowhere else: a link to a page in another language opens what it names.
const isDoor = document.documentElement.lang === 'en' && document.querySelector('main.home');
if (isDoor) {
  const chosen = [kept() ?? [], navigator.languages].flat().map(closest).find(Boolean);
  if (chosen && chosen.hreflang !== 'en') location.replace(chosen.href + location.search + location.hash);
}
