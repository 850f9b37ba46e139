// Serves the pages of the chats, and keeps what they send.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

async function textOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

export class PageServer {
  /** `folders` are the folders by the first part of an address. `POST /said {"text"}` is what a chat sends. */
  static async start(folders) {
    const said = [];
    const server = createServer(async (request, reply) => {
      const { pathname } = new URL(request.url, 'http://localhost');
      if (pathname === '/said') {
        said.push(JSON.parse(await textOf(request)).text);
        reply.writeHead(200, { 'content-type': TYPES['.json'] }).end('{}');
        return;
      }
      const [, first, ...rest] = normalize(pathname).split('/');
      const content = folders[first] && (await readFile(join(folders[first], ...rest)).catch(() => undefined));
      if (content) reply.writeHead(200, { 'content-type': TYPES[extname(pathname)] ?? 'application/octet-stream' }).end(content);
      else reply.writeHead(404).end();
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PageServer(server, said);
  }

  constructor(server, said) {
    Object.assign(this, { server, said, origin: `http://127.0.0.1:${server.address().port}` });
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
