/**
 * A message with the positions of its arguments in place of their names. A translation has the placeholders of the English
 * message, a plural form those of its plain key.
 */
export function positioned(key, message, english) {
  const own = english[key]?.placeholders ?? english[key.replace(/_[a-z]+$/, "")]?.placeholders;
  return message.replace(/\$([A-Za-z]\w*)\$/g, (_, name) => own[name.toLowerCase()].content);
}

/** Whether these are words of a page of the reference on a cause: each cause has four of them. */
export const isReference = (key, english) => /_(arises|do|futile|means)$/.test(key) && `${key.replace(/_[a-z]+$/, "")}_futile` in english;
