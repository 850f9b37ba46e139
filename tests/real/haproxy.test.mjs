// HAProxy with TLS before the lab: what it refuses, and what it makes of a service that is gone or silent.
import { tryAnswers } from './before.mjs';
import { place } from './software.mjs';

const haproxy = () => place('/usr/sbin/haproxy');

const server = (rules, pem) => (folder, port) => ({
  command: [haproxy(), '-W', '-db', '-f', `${folder}/haproxy.cfg`],
  files: {
    'cert.pem': pem,
    'haproxy.cfg': `
defaults
  mode http
  timeout connect 1s
  timeout client 30s
  timeout server 2s
frontend all
  bind 127.0.0.1:${port} ssl crt ${folder}/cert.pem alpn h2,http/1.1
${rules}
`,
  },
});

const faults = ({ lab, gone, odd }) => `
  http-request deny if { path_beg /denied }
  http-request deny deny_status 429 if { path_beg /limited }
  http-request deny deny_status 401 if { path_beg /login }
  http-request tarpit deny_status 500 if { path_beg /tarpit }
  timeout tarpit 500ms
  http-request set-path /silent if { path_beg /silent }
  http-request set-path /garbage if { path_beg /garbage }
  http-request set-path /cut if { path_beg /cut }
  use_backend gone if { path_beg /gone }
  use_backend nobody if { path_beg /nobody }
  use_backend odd if { path_beg /silent /garbage /cut }
  default_backend lab
backend lab
  server lab 127.0.0.1:${lab.ports.http}
backend gone
  server gone 127.0.0.1:${gone}
backend nobody
backend odd
  server odd 127.0.0.1:${odd.port}
`;

const mended = ({ lab }) => `
  http-request replace-path /[^/]*(/.*) \\1
  default_backend lab
backend lab
  server lab 127.0.0.1:${lab.ports.http}
`;

tryAnswers({
  software: 'HAProxy', program: haproxy, version: ['-v'], server, faults, mended,
  answers: [
    ['403, deny', 'denied', 'access_denied'],
    ['401, deny', 'login', 'invalid_api_key'],
    ['429, deny', 'limited', 'rate_limited'],
    ['500, tarpit', 'tarpit', 'server_error'],
    ['502, the service speaks no HTTP', 'garbage', 'bad_gateway'],
    ['503, the service is gone', 'gone', 'service_unavailable'],
    ['503, no service', 'nobody', 'service_unavailable'],
    ['504, the service is silent', 'silent', 'gateway_timeout'],
    ['200, a stream that is cut', 'cut', 'stream_interrupted'],
  ],
});
