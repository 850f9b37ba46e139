// Whether the card is in plain sight: a press counts only where the person can see what they press.
//
// While the pointer or the focus is in the card, both this document and the content script around it look again and again with
// an IntersectionObserver that tracks visibility. A page that covers the card, fades it, moves it or blocks its own thread
// fails a look, and a press counts only when no look of the last moments failed and one more after the press succeeds.
// eslint-disable-next-line no-unused-vars
const sight = (() => {
  const BETWEEN_LOOKS_MS = 100;
  const LOOKS_NEEDED = 2;
  // A page that does not answer for so long may be showing something else meanwhile.
  const LATEST_ANSWER_MS = 400;
  // So long a failed look makes presses void.
  const MEMORY_MS = 700;
  // So long after the card came up or was moved, a click may have been meant for what was there before.
  const SETTLING_MS = 500;
  // So long it takes a card to fade in.
  const APPEARING_MS = 300;

  let lookAround = async () => false;
  let looks = [];
  let watching = false;
  let pointerInside = false;
  let appeared = 0;
  let settled = 0;

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const within = (promise, ms) => Promise.race([promise, pause(ms).then(() => false)]);

  /** What one fresh observation says of an element. Observers report with a frame, so frames are asked for. */
  function observe(element, isGood) {
    return new Promise((resolve) => {
      let done = false;
      const observer = new IntersectionObserver(
        (entries) => {
          done = true;
          observer.disconnect();
          resolve(isGood(entries.at(-1)));
        },
        { trackVisibility: true, delay: 100 },
      );
      observer.observe(element);
      const draw = () => done || requestAnimationFrame(draw);
      draw();
    });
  }

  const isVisible = ({ isVisible }) => isVisible;
  const isWhole = ({ isVisible, intersectionRatio }) => isVisible && intersectionRatio > 0.99;

  async function look(element, isGood) {
    const seen = Promise.all([observe(element, isGood), lookAround()]).then((answers) => answers.every(Boolean));
    return within(seen, LATEST_ANSWER_MS);
  }

  const isPresent = () => pointerInside || document.hasFocus();

  async function watch() {
    if (watching) return;
    watching = true;
    looks = [];
    while (isPresent()) await lookOnce();
    watching = false;
  }

  async function lookOnce() {
    await pause(appeared + APPEARING_MS - performance.now());
    const began = performance.now();
    const good = await look(document.body, isVisible);
    const now = performance.now();
    // One that began before the card came up says nothing of it.
    if (began >= appeared + APPEARING_MS) looks = [...looks.filter(({ at }) => now - at < MEMORY_MS), { at: now, good }];
    await pause(BETWEEN_LOOKS_MS);
  }

  const allGood = () => looks.every(({ good }) => good);

  document.addEventListener('pointerover', () => {
    pointerInside = true;
    watch();
  });
  document.documentElement.addEventListener('pointerleave', () => (pointerInside = false));
  addEventListener('focus', watch);

  function unsettle() {
    settled = performance.now() + SETTLING_MS;
    document.body.classList.add('unsettled');
    setTimeout(() => performance.now() >= settled && document.body.classList.remove('unsettled'), SETTLING_MS + 1);
  }

  return {
    /** Takes the function that asks the content script for its look. */
    begin(askAround) {
      lookAround = askAround;
    },

    appear() {
      appeared = performance.now();
      looks = [];
      unsettle();
    },

    moved: unsettle,

    /** Whether a press on this element, made just now, counts. */
    async counts(element) {
      const end = performance.now() + 3 * LATEST_ANSWER_MS;
      // Whoever presses by way of assistive technology has neither pointer nor focus here.
      while (looks.length < LOOKS_NEEDED && allGood() && performance.now() < end) await (watching ? pause(20) : lookOnce());
      return looks.length >= LOOKS_NEEDED && allGood() && look(element, isWhole);
    },
  };
})();
