// A service behind a real server that misbehaves in ways that the server hands on: silent, cut, unreadable, or no HTTP at all.
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';

const ANSWER = JSON.stringify({ choices: [{ message: { role: 'assistant', content: Array.from({ length: 400 }, (_, at) => `Yes ${at * 7919}`).join(', ') } }] });
const HEAD = 'HTTP/1.1 200 OK\r\nconnection: close\r\n';

const STALL_MS = 20_000;
const event = (choice) => `data: ${JSON.stringify({ id: 'odd', object: 'chat.completion.chunk', created: 1, model: 'odd', choices: [{ index: 0, ...choice }] })}\n\n`;
const says = (content) => event({ delta: { content }, finish_reason: null });
const ENDED = `${event({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`;
const chunk = (text) => `${text.length.toString(16)}\r\n${text}\r\n`;
/** The head of a stream, and its first events. */
const begin = (socket, ...events) => socket.write(`${HEAD}content-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n${events.map(chunk).join('')}`);

/** By the first part of its path. */
const ANSWERS = {
  silent: () => {},
  gzip: (socket) => {
    const bytes = gzipSync(ANSWER);
    socket.write(`${HEAD}content-type: application/json\r\ncontent-encoding: gzip\r\n\r\n`);
    socket.end(bytes.subarray(0, bytes.length / 2));
  },
  cut: (socket) => {
    begin(socket, says('Yes, '));
    setTimeout(() => socket.destroy(), 300);
  },
  unreadable: (socket) => {
    begin(socket, says('Yes, '), 'data: {"choices":[{"index":0,"delta":{"content":"gla\n\n', says('and soon.') + ENDED);
    socket.end('0\r\n\r\n');
  },
  stall: (socket) => {
    begin(socket, says('Yes, '));
    setTimeout(() => socket.end(`${chunk(says('gladly.') + ENDED)}0\r\n\r\n`), STALL_MS).unref();
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
