// What the pages of the extension do alike.
document.documentElement.lang = chrome.i18n.getMessage('language_tag');
document.documentElement.dir = chrome.i18n.getMessage('@@bidi_dir');

/**
 * Saves a text as a file; a page needs no permission for it.
 * @param {string} name
 * @param {string} text
 */
export function save(name, text, type = 'application/json') {
  const href = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement('a'), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
