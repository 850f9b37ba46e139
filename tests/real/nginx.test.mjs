// nginx with TLS before the lab: what it answers by itself, over HTTP/1.1 and HTTP/2.
import assert from 'node:assert/strict';
import { get } from 'node:https';
import { after, afterEach, before, test } from 'node:test';

import { certificate } from './certificate.mjs';
import { startOdd } from './odd.mjs';
import { Program, freePort, place, versionOf } from './software.mjs';
import { openWorld, trial } from './trial.mjs';

const nginx = () => place('/usr/sbin/nginx');
const FOLDERS = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
const to = (port) => `proxy_pass http://127.0.0.1:${port}/; proxy_buffering off;`;

/** The places of a server that fails, by their path. */
const faults = ({ lab, gone, odd }) => `
  location /denied/ { deny all; }
  location /login/ { auth_basic "office"; auth_basic_user_file nobody; }
  location /limited/ { limit_req zone=one; limit_req_status 429; ${to(lab.ports.http)} }
  location /limited_503/ { limit_req zone=two; ${to(lab.ports.http)} }
  location /small/ { client_max_body_size 16; ${to(lab.ports.http)} }
  location /upstream_gone/ { ${to(gone)} }
  location /upstream_silent/ { proxy_read_timeout 1s; ${odd('silent')} }
  location /maintenance/ { error_page 503 /maintenance.html; return 503; }
  location = /maintenance.html { root .; internal; }
  location /maintenance_200/ { default_type text/html; return 200 '${MAINTENANCE}'; }
  location /back_later/ { default_type text/html; add_header retry-after 3600 always; return 503 '${MAINTENANCE}'; }
  location /sign_in/ { default_type text/html; return 200 '${SIGN_IN}'; }
  location /loop/ { rewrite ^ /loop/$request_id last; }
  location /static/ { root .; }
  location /broken_gzip/ { proxy_set_header accept-encoding gzip; ${odd('gzip')} }
  location /cut/ { proxy_buffering off; ${odd('cut')} }
  location /unreadable/ { proxy_buffering off; ${odd('unreadable')} }
  location /stall/ { proxy_buffering off; ${odd('stall')} }
  location /garbage/ { ${odd('garbage')} }
  location / { return 404; }
`;

const MAINTENANCE = '<!doctype html><html><head><title>Down for maintenance</title></head><body><h1>We will be back soon</h1><p>The site is down for scheduled maintenance.</p></body></html>';
const SIGN_IN = '<!doctype html><html><head><title>Sign in to Example</title></head><body><form method="post" action="/login"><input name="user"><input type="password" name="password"><button>Sign in</button></form></body></html>';

/** nginx with these places, plain and with TLS and HTTP/2. */
const server = (places, { pem, http2 }) => (folder, port) => ({
  command: [nginx(), '-p', folder, '-c', `${folder}/nginx.conf`, '-e', `${folder}/error.log`],
  files: {
    'nginx.conf': `
      daemon off; pid nginx.pid; error_log error.log; user root;
      events { worker_connections 64; }
      http {
        access_log off; keepalive_timeout 65; large_client_header_buffers 4 2k; ${FOLDERS.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
        limit_req_zone $server_name zone=one:1m rate=1r/m; limit_req_zone $server_name zone=two:1m rate=1r/m;
        ssl_certificate cert.pem; ssl_certificate_key cert.pem;
        server { listen 127.0.0.1:${port} ssl; server_name _; ${places} }
        server { listen 127.0.0.1:${http2} ssl http2; server_name _; ${places} }
      }`,
    'cert.pem': pem, 'maintenance.html': MAINTENANCE, nobody: '',
  },
});

let world, program, version, own, odd, places;
before(async () => {
  own = await certificate();
  odd = await startOdd();
  world = await openWorld({ args: [`--ignore-certificate-errors-spki-list=${own.fingerprint}`] });
  own.http2 = await freePort();
  const handed = (name) => `proxy_pass http://127.0.0.1:${odd.port}/${name}/;`;
  places = faults({ lab: world.lab, gone: await freePort(), odd: handed });
  program = await Program.start('nginx', server(places, own));
  version = await versionOf(nginx(), ['-v']);
});
afterEach(async () => {
  await world.reset();
  await program.turnTo(server(places, own));
});
after(async () => {
  await world?.close();
  await program?.stop();
  odd?.close();
});

/** From now on every path leads to the lab. */
const mend = () => program.turnTo(server(`location ~ ^/[^/]*(/.*)$ { proxy_pass http://127.0.0.1:${world.lab.ports.http}$1; proxy_buffering off; }`, own));
const at = (port, path) => `https://nginx.test:${port}/${path}/v1`;

// What it does, the path, the cause.
const ANSWERS = [
  ['403, deny', 'denied', 'access_denied'],
  ['401, basic login', 'login', 'invalid_api_key'],
  ['404, no such place', 'nothing', 'endpoint_not_found'],
  ['405, a static place', 'static', 'endpoint_not_found'],
  ['413, client_max_body_size', 'small', 'payload_too_large'],
  ['500, a loop of rewrites', 'loop', 'server_error'],
  ['502, the service is gone', 'upstream_gone', 'bad_gateway'],
  ['503, a maintenance page', 'maintenance', 'service_unavailable'],
  ['504, the service is silent', 'upstream_silent', 'gateway_timeout'],
  ['200, a sign-in page', 'sign_in', 'not_logged_in'],
  ['200, a maintenance page', 'maintenance_200', 'service_unavailable'],
  ['200, gzip that is cut', 'broken_gzip', 'unexpected_reply'],
  ['200, a stream that is cut', 'cut', 'stream_interrupted'],
  ['200, a chunk that is no JSON', 'unreadable', 'stream_interrupted'],
  ['200, a stall between good chunks', 'stall', 'stream_interrupted'],
];

const trialOf = (protocol, fault, path, cause) => {
  const port = protocol === 'HTTP/2' ? own.http2 : program.port;
  return trial(world, { software: 'nginx', version, fault: `${fault}, ${protocol}`, url: at(port, path), cause, mend });
};

for (const [fault, path, cause] of ANSWERS) {
  for (const protocol of ['HTTP/1.1', 'HTTP/2']) {
    test(`nginx, ${protocol}: ${fault}: ${cause}`, () => trialOf(protocol, fault, path, cause));
  }
}

// Somebody else has just used up what the limit allows.
for (const [fault, path, cause] of [['429, limit_req', 'limited', 'rate_limited'], ['503, limit_req', 'limited_503', 'service_unavailable']]) {
  test(`nginx, HTTP/2: ${fault}: ${cause}`, async () => {
    await new Promise((done) => get({ host: '127.0.0.1', port: program.port, path: `/${path}/v1/models`, rejectUnauthorized: false }, (answer) => answer.resume().on('end', done)));
    await trialOf('HTTP/2', fault, path, cause);
  });
}

test('nginx, HTTP/1.1: 400, a long key', async () => {
  const url = at(program.port, 'upstream');
  const renew = () => world.browser.setUpSource(url, world.lab.key);
  const of = { software: 'nginx', version, fault: '400, a header that is too large, HTTP/1.1', url, key: 'k'.repeat(3_000), cause: 'payload_too_large' };
  await trial(world, { ...of, mend: () => mend().then(renew) });
});

// The one wait that nobody is let past.
test('nginx, HTTP/2: a named wait holds', async () => {
  await world.browser.setUpSource(at(own.http2, 'back_later'), world.lab.key);
  const chat = await world.chat();
  await chat.ask();
  await world.explains(chat, { cause: 'service_unavailable' });
  await mend();
  await chat.press('Try again');
  await chat.sees('.countdown');
  assert.match(await chat.text(), /Trying again in \d+ min/);
  assert.deepEqual(await world.lab.calls(), []);
});

// nginx takes it for HTTP/0.9 and hands it on under a status that is none, over HTTP/2 as 000.
for (const protocol of ['HTTP/1.1', 'HTTP/2']) {
  test(`nginx, ${protocol}: behind it no HTTP`, () => trialOf(protocol, 'the service speaks no HTTP', 'garbage', 'protocol_error'));
}
