// A service behind a real server that misbehaves in ways that the server hands on: silent, cut, or no HTTP at all.
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';

const ANSWER = JSON.stringify({ choices: [{ message: { role: 'assistant', content: Array.from({ length: 400 }, (_, at) => `Yes ${at * 7919}`).join(', ') } }] });
const HEAD = 'HTTP/1.1 200 OK\r\nconnection: close\r\n';

/** By the first part of its path. */
const ANSWERS = {
  silent: () => {},
  gzip: (socket) => {
    const bytes = gzipSync(ANSWER);
    socket.write(`${HEAD}content-type: application/json\r\ncontent-encoding: gzip\r\n\r\n`);
    socket.end(bytes.subarray(0, bytes.length / 2));
  },
  cut: (socket) => {
    socket.write(`${HEAD}content-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n`);
    const event = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'Yes, ' } }] })}\n\n`;
    socket.write(`${event.length.toString(16)}\r\n${event}\r\n`);
    setTimeout(() => socket.destroy(), 300);
  },
  garbage: (socket) => socket.end('this is no HTTP at all\r\n\r\n'),
};

/** Starts it; `port` and `close`. */
export async function startOdd() {
  const open = new Set();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => {}); // Who asked may leave early.
    socket.once('data', (bytes) => ANSWERS[/^\w+ \/+(\w+)/.exec(bytes.toString('latin1'))?.[1]]?.(socket));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const close = () => {
    for (const socket of open) socket.destroy();
    server.close();
  };
  return { port: server.address().port, close };
}
