// One failure of real software in the real extension: told by its true cause, the box as it was, and over once it is mended.
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync } from 'node:fs';

import { World } from '../e2e/harness.mjs';

const TABLE = new URL('../../target/real/', import.meta.url);

/** The world of a suite: one attempt an ask, so that the person presses, and short patience. `options` are those of `World.open`. */
export async function openWorld(options) {
  const world = await World.open(options);
  const policy = { backoff: { base_ms: 1_000, cap_ms: 30_000 }, attempts: 1, longest_silent_wait_ms: 60_000, spread: 0.2 };
  await world.browser.changeSettings({ first_byte_ms: 8_000, stall_ms: 3_000, policy });
  return world;
}

/**
 * Asks at an address where real software fails, and again once that is mended. A `truth` says what it was where the cause that is
 * told is still another one; `meanwhile` is what befalls the answer while it comes.
 * @param {{ software: string, version: string, fault: string, url: string, cause: string, truth?: string, key?: string, model?: string,
 *   prompt?: string, meanwhile?: (chat: import('../e2e/chat.mjs').Chat) => Promise<unknown>, mend: () => Promise<unknown> }} of
 */
export async function trial(world, { software, version, fault, url, cause, truth, key = world.lab.key, model, prompt, meanwhile, mend }) {
  await world.browser.setUpSource(url, key, model);
  const chat = await world.chat();
  const before = await chat.readBox();
  await chat.ask(prompt);
  await meanwhile?.(chat);
  const shown = await chat.diagnosis({ ms: 20_000 });
  note({ software, version, fault, cause: shown.cause, confidence: shown.confidence, truth });
  await world.explains(chat, { cause });
  assert.equal((await chat.readBox()).text, before.text, 'the box is as it was');
  await mend();
  await chat.retry();
  await world.inserts(chat, before, await chat.draft({ ms: 15_000 }));
}

/** A line of the table. */
function note(line) {
  mkdirSync(TABLE, { recursive: true });
  appendFileSync(new URL('tried.jsonl', TABLE), `${JSON.stringify(line)}\n`);
}
