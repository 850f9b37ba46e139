// A server or proxy with TLS before the lab: what it answers in place of the service, and that the draft comes once it hands all on.
import { after, afterEach, before, test } from 'node:test';

import { certificate } from './certificate.mjs';
import { startOdd } from './odd.mjs';
import { freePort, Program, versionOf } from './software.mjs';
import { openWorld, trial } from './trial.mjs';

/**
 * Tries each of the `answers`: what it does, the path, the cause, and more of `trial` where that matters.
 * One that knows no TLS has a program before it that does: `tls` is given the port to which that hands everything on.
 * @param {{ software: string, program: () => string, version: string[], tls?: (port: number, pem: string) => (folder: string, port: number) => object,
 *   server: (places: string, pem: string) => (folder: string, port: number) => object,
 *   faults: (behind: { lab: { ports: { http: number } }, gone: number, odd: { port: number } }) => string,
 *   mended: (behind: { lab: { ports: { http: number } } }) => string,
 *   answers: [string, string, string, { prompt?: string, key?: string, truth?: string }?][] }} of
 */
export function tryAnswers({ software, program, version, tls, server, faults, mended, answers }) {
  const name = software.toLowerCase();
  let world, running, front, known, own, odd, places;
  before(async () => {
    own = certificate();
    odd = await startOdd();
    world = await openWorld({ args: [`--ignore-certificate-errors-spki-list=${own.fingerprint}`] });
    places = faults({ lab: world.lab, gone: await freePort(), odd });
    running = await Program.start(name, server(places, own.pem));
    if (tls) front = await Program.start(`${name}-tls`, tls(running.port, own.pem));
    known = await versionOf(program(), version);
  });
  afterEach(async () => {
    await world.reset();
    await running.turnTo(server(places, own.pem));
  });
  after(async () => {
    await world?.close();
    await front?.stop();
    await running?.stop();
    odd?.close();
  });

  for (const [fault, path, cause, more = {}] of answers) {
    test(`${software}: ${fault}: ${cause}`, async () => {
      const url = `https://${name}.test:${(front ?? running).port}/${path}/v1`;
      const renew = () => more.key && world.browser.setUpSource(url, world.lab.key);
      const mend = () => running.turnTo(server(mended(world), own.pem)).then(renew);
      await trial(world, { software, version: known, fault, url, cause, ...more, mend });
    });
  }
}
