// lighttpd with TLS before the lab: what it refuses, and what it makes of a service that is gone or silent.
import { tryAnswers } from './before.mjs';
import { place } from './software.mjs';

const lighttpd = () => place('/usr/sbin/lighttpd');
const MODULES = ['openssl', 'rewrite', 'access', 'auth', 'authn_file', 'proxy'];

const server = (places, pem) => (folder, port) => ({
  command: [lighttpd(), '-D', '-m', place('/usr/lib/lighttpd/mod_proxy.so').replace(/\/[^/]+$/, ''), '-f', `${folder}/lighttpd.conf`],
  files: {
    'cert.pem': pem,
    users: '',
    'root/index.html': '<!doctype html><title>Here is nothing</title>',
    'lighttpd.conf': `
server.modules = (${MODULES.map((name) => `"mod_${name}"`).join(', ')})
server.document-root = "${folder}/root"
server.upload-dirs = ("${folder}")
server.errorlog = "${folder}/error.log"
server.bind = "127.0.0.1"
server.port = ${port}
server.stream-response-body = 1
ssl.engine = "enable"
ssl.pemfile = "${folder}/cert.pem"
auth.backend = "plain"
auth.backend.plain.userfile = "${folder}/users"
${places}
`,
  },
});

const to = (port, more = '') => `proxy.server = ("" => (("host" => "127.0.0.1", "port" => ${port}${more})))`;
const on = (path, ...does) => `$HTTP["url"] =~ "^/${path}/" {\n  ${does.join('\n  ')}\n}`;
const faults = ({ lab, gone, odd: { port } }) => [
  on('denied', 'url.access-deny = ("")'),
  on('login', 'auth.require = ("" => ("method" => "basic", "realm" => "office", "require" => "valid-user"))'),
  on('small', 'server.max-request-size = 1', to(lab.ports.http)),
  on('gone', to(gone)),
  on('silent', to(port, ', "read-timeout" => 1')),
  on('garbage', to(port)),
  on('cut', to(port)),
].join('\n');
const mended = ({ lab }) => `url.rewrite-once = ("^/[^/]+/(.*)$" => "/$1")\n${to(lab.ports.http)}`;

tryAnswers({
  software: 'lighttpd', program: lighttpd, version: ['-v'], server, faults, mended,
  answers: [
    ['403, mod_access', 'denied', 'access_denied'],
    ['401, basic login', 'login', 'invalid_api_key'],
    ['404, no such place', 'nothing', 'endpoint_not_found'],
    ['413, server.max-request-size', 'small', 'payload_too_large', { prompt: 'Is it far? '.repeat(200) }],
    ['the service speaks no HTTP', 'garbage', 'bad_gateway'],
    ['503, the service is gone', 'gone', 'service_unavailable'],
    ['504, the service is silent', 'silent', 'gateway_timeout'],
    ['200, a stream that is cut', 'cut', 'stream_interrupted'],
  ],
});
