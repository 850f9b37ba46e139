// A reporter for `node --test`: the ten tests that took longest, and how long all took.
import { relative } from 'node:path';

const seconds = (ms) => `${(ms / 1000).toFixed(1).padStart(7)} s`;

export default async function* slowest(events) {
  const began = Date.now();
  const tests = [];
  for await (const { type, data } of events) {
    if (type === 'test:pass' || type === 'test:fail') tests.push(data);
  }
  tests.sort((left, right) => right.details.duration_ms - left.details.duration_ms);
  yield 'The slowest ten tests:\n';
  for (const { name, file, details } of tests.slice(0, 10)) yield `${seconds(details.duration_ms)}  ${name} (${relative('', file)})\n`;
  yield `${seconds(Date.now() - began)}  all ${tests.length} tests\n`;
}
