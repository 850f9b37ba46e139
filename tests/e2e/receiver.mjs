// A receiver that takes everything and keeps the bytes.
import { once } from 'node:events';
import { createServer } from 'node:http';

/** @param {string} path The path of its address. */
export async function receiver(path) {
  const received = [];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    received.push({ headers: request.headers, text: Buffer.concat(parts).toString('latin1') });
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { received, url: `http://127.0.0.1:${server.address().port}/${path}`, close: () => server.close() };
}
