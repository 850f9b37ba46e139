// The words of the reader's language, as the build keeps them: the browser's own way would hold each key once for every language.

/** @param {string} name */
const read = async (name) => (await fetch(chrome.runtime.getURL(`words/${name}.txt`))).text();

/** The keys in order, and the messages in the same order, one a line. An argument stands at its place by its position. */
export const readWords = () => Promise.all([read('keys'), read(chrome.i18n.getMessage('language_tag'))]);
