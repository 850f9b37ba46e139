// Waiting for what is true sooner or later.

const SILENCE_MS = 60_000;

/** The answer, or an error where none comes: the browser owes one for what it was asked while a document went away. */
export function answered(asked, ms, what = 'no answer came') {
  let timer;
  const silence = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} within ${ms} ms`)), ms);
  });
  return Promise.race([asked, silence]).finally(() => clearTimeout(timer));
}

/** Resolves with the first truthy answer of `check`; fails after `ms` with what it waited for and what it saw last. */
export async function until(what, check, { ms = 10_000, every = 25 } = {}) {
  const end = Date.now() + ms;
  let last;
  for (;;) {
    try {
      last = await answered(check(), Math.max(ms, SILENCE_MS));
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain until ${what}; last: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
