// Waiting for what is true sooner or later.

/** Resolves with the first truthy answer of `check`; fails after `ms` with what it waited for and what it saw last. */
export async function until(what, check, { ms = 10_000, every = 25 } = {}) {
  const end = Date.now() + ms;
  let last;
  for (;;) {
    try {
      last = await check();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain until ${what}; last: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
