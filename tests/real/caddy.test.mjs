// Caddy with TLS and HTTP/2 before the lab: its answers are empty, whatever they are.
import { tryAnswers } from './before.mjs';
import { place } from './software.mjs';

const caddy = () => place('/usr/bin/caddy');
/** The hash of a password that nobody has. */
const HASH = 'JDJhJDEwJEt2d2pGV1Z3Y0E2M2J5cWJIbmN0eWVnT0dYb3c3OUdvLzVOczFLS0M0cXlRdnU2bmpLMVhD';

const server = (places, pem) => (folder, port) => ({
  command: [caddy(), 'run', '--config', `${folder}/Caddyfile`, '--adapter', 'caddyfile'],
  env: { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  files: {
    'cert.pem': pem,
    Caddyfile: `
{
  admin off
  auto_https off
}
https://caddy.test:${port} {
  bind 127.0.0.1
  tls ${folder}/cert.pem ${folder}/cert.pem
  ${places}
}
`,
  },
});

const on = (path, does) => `handle_path /${path}/* {\n    ${does}\n  }`;
const to = (port) => `reverse_proxy 127.0.0.1:${port}`;
const odd = (name, { port }) => on(name, `rewrite * /${name}/\n    ${to(port)} {\n      flush_interval -1\n      transport http {\n        response_header_timeout 1s\n      }\n    }`);
const faults = (behind) => [
  on('denied', 'error 403'),
  on('login', `basicauth {\n      somebody ${HASH}\n    }\n    ${to(behind.lab.ports.http)}`),
  on('small', `request_body {\n      max_size 16\n    }\n    ${to(behind.lab.ports.http)}`),
  on('down', 'error 503'),
  on('hung_up', 'abort'),
  on('static', 'file_server'),
  on('gone', to(behind.gone)),
  ...['silent', 'garbage', 'cut'].map((name) => odd(name, behind.odd)),
].join('\n  ');
const mended = ({ lab }) => ['denied', 'login', 'small', 'down', 'hung_up', 'static', 'gone', 'silent', 'garbage', 'cut', 'nothing'].map((path) => on(path, to(lab.ports.http))).join('\n  ');

tryAnswers({
  software: 'Caddy', program: caddy, version: ['version'], server, faults, mended,
  answers: [
    ['403, error', 'denied', 'access_denied'],
    ['401, basic login', 'login', 'invalid_api_key'],
    // It counts what it hands on, and then takes its own stop for a failure of the service.
    ['502, request_body', 'small', 'bad_gateway', { truth: 'the ask is too large' }],
    ['405, a static place', 'static', 'endpoint_not_found'],
    ['200, no place', 'nothing', 'unexpected_reply'],
    ['502, the service is gone', 'gone', 'bad_gateway'],
    ['502, the service speaks no HTTP', 'garbage', 'bad_gateway'],
    ['503, error', 'down', 'service_unavailable'],
    ['504, the service is silent', 'silent', 'gateway_timeout'],
    ['200, a stream that is cut', 'cut', 'stream_interrupted'],
    ['abort', 'hung_up', 'protocol_error'],
  ],
});
