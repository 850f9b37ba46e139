// Servers on loopback that misbehave below HTTP, or that no AI provider is like: TLS peers, proxies, hosts with policies of their own.
import { createServer } from 'node:net';

/** A server that answers the first bytes of each connection with `answer(socket, bytes)`. */
async function listen(answer) {
  const open = new Set();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => {}); // A browser that leaves early is no failure of the server.
    socket.once('data', (bytes) => answer(socket, bytes));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const close = () => {
    for (const socket of open) socket.destroy();
    server.close();
  };
  return { port: server.address().port, close };
}

/** A fatal TLS alert with this number. */
const alert = (number) => (socket) => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, number]));

const says = (head) => (socket) => socket.end(`HTTP/1.1 ${head}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);

const SERVERS = {
  tlsHangUp: (socket) => socket.end(),
  tlsReset: (socket) => socket.resetAndDestroy(),
  tlsOldVersion: alert(70),
  tlsUnknownName: alert(112),
  tlsInternal: alert(80),
  proxyRefuses: says('502 Bad Gateway'),
  proxyAsksBasic: says('407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="office"'),
  proxyAsksUnknown: says('407 Proxy Authentication Required\r\nproxy-authenticate: Riddle'),
  ownSiteOnly: says('200 OK\r\ncross-origin-resource-policy: same-origin'),
  noScript: says('200 OK\r\ncontent-type: application/json\r\nx-content-type-options: nosniff'),
  asksLogin: says('401 Unauthorized\r\nwww-authenticate: Basic realm="office"'),
  proxyHangsUp: (socket) => socket.end(),
  // The greeting is accepted, the target refused (reply 5).
  socksRefuses: (socket) => {
    socket.write(Buffer.from([5, 0]));
    socket.once('data', () => socket.end(Buffer.from([5, 5, 0, 1, 0, 0, 0, 0, 0, 0])));
  },
};

/** Starts every server; gives their ports by name, and `close`. */
export async function startWire() {
  const started = await Promise.all(Object.entries(SERVERS).map(async ([name, answer]) => [name, await listen(answer)]));
  const ports = Object.fromEntries(started.map(([name, { port }]) => [name, port]));
  const close = () => {
    for (const [, server] of started) server.close();
  };
  return { ports, close };
}
