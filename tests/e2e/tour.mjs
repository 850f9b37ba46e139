// The tour of the demo: ask, failure, banner, retry, draft inserted.
const PROMPT = 'Say yes to dinner, and ask which restaurant.';

/** The faults that the tour meets, and the cause that each has to be told as. */
const STOPS = [
  { name: 'rate_limited', cause: 'rate_limited', times: 1, retry_after: 2 },
  { name: 'connection_reset', cause: 'connection_lost' },
  { name: 'invalid_api_key', cause: 'invalid_api_key' },
  { name: 'context_too_long', cause: 'context_too_long' },
  { name: 'server_error', cause: 'server_error' },
  { name: 'html_reply', cause: 'unexpected_reply' },
  { name: 'stream_truncated', cause: 'stream_interrupted' },
];

/** Meets each fault of the lab once; throws at the first that is not told, or not overcome, as it should be. */
export async function tourOfTheLab(world, tell) {
  for (const { name, cause, times = -1, ...knobs } of STOPS) {
    await world.lab.fail(name, { times, ...knobs });
    const chat = await world.chat({ text: 'Hi Mara, ', back: 0 });
    const before = await chat.readBox();
    await chat.ask(PROMPT);
    const shown = await chat.diagnosis();
    const box_unchanged = (await chat.readBox()).text === before.text;
    await world.lab.healthy();
    await chat.retry();
    const draft = await chat.draft({ ms: 20_000 });
    tell({ ...said(shown), box_unchanged, outcome: 'draft' }, { fault: name, shown, draft });
    if (shown.cause !== cause) throw new Error(`The lab's ${name} was told as ${shown.cause}, not as ${cause}.`);
    if (!box_unchanged) throw new Error(`The message box changed while ${name} was told.`);
    await world.inserts(chat, before, draft);
    await chat.page.close();
    await world.reset();
  }
}

/** One ask and one press of Retry against any server. Whatever comes of it is told; only we can fail here. */
export async function tourOfSource(world, tell) {
  const chat = await world.chat({ text: 'Hi Mara, ', back: 0 });
  const before = await chat.readBox();
  await chat.ask(PROMPT);
  let { shown, draft } = await chat.outcome();
  const box_unchanged = (await chat.readBox()).text === before.text;
  if (shown) draft = await afterRetry(chat);
  tell({ ...said(shown), box_unchanged, outcome: draft === undefined ? 'diagnosis' : 'draft' }, { shown, draft });
  if (!box_unchanged) throw new Error('The message box changed while the failure was told.');
  if (draft !== undefined) await world.inserts(chat, before, draft);
}

/** The draft that a press of Retry brings, if it brings one. A wait that the server asked for is kept. */
async function afterRetry(chat) {
  try {
    await chat.retry({ ms: 70_000 });
  } catch {
    return undefined;
  }
  // The old failure leaves the card while the call runs; a call that fails at once may be too quick to be seen.
  await chat.sees('.card:not(:has([data-cause]))', { ms: 2_000 }).catch(() => {});
  return (await chat.outcome()).draft;
}

/** The diagnosis in the shape that `--json` prints. */
function said(shown) {
  if (!shown) return { cause: null, fault: null, confidence: null, headline: null, retry: null };
  const { cause, fault, confidence, headline, retry, after } = shown;
  return { cause, fault, confidence: Number(confidence), headline, retry: { when: retry, after_ms: after === undefined ? null : Number(after) } };
}
