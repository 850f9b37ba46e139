// Waits for what a page has yet to draw.

/**
 * What `find` finds, as soon as the page has it.
 * @type {<T>(find: () => T | undefined, ms: number) => Promise<T | undefined>}
 */
export const appears = (find, ms) =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      watcher.disconnect();
      resolve(find());
    };
    const look = () => find() && end();
    const watcher = new MutationObserver(look);
    const timer = setTimeout(end, ms);
    watcher.observe(document, { childList: true, subtree: true });
    look();
  });
