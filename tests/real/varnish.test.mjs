// Varnish, with HAProxy for the TLS that it does not know, before the lab: its page of the guru meditation, and what its rules refuse.
import { tryAnswers } from './before.mjs';
import { place } from './software.mjs';

const varnish = () => place('/usr/sbin/varnishd');

const server = (rules) => (folder, port) => ({
  command: [varnish(), '-F', '-j', 'none', '-n', `${folder}/work`, '-a', `127.0.0.1:${port}`, '-f', `${folder}/default.vcl`, '-s', 'malloc,16M', '-p', 'http_req_hdr_len=1k'],
  files: { 'default.vcl': `vcl 4.1;\n${rules}` },
});

const tls = (varnish, pem) => (folder, port) => ({
  command: [place('/usr/sbin/haproxy'), '-W', '-db', '-f', `${folder}/haproxy.cfg`],
  files: {
    'cert.pem': pem,
    'haproxy.cfg': `
defaults
  mode tcp
  timeout connect 1s
  timeout client 30s
  timeout server 30s
listen tls
  bind 127.0.0.1:${port} ssl crt ${folder}/cert.pem
  server varnish 127.0.0.1:${varnish}
`,
  },
});

const backend = (name, port, more = '') => `backend ${name} { .host = "127.0.0.1"; .port = "${port}"; ${more} }`;
const faults = ({ lab, gone, odd }) => `
${backend('lab', lab.ports.http)}
${backend('gone', gone)}
${backend('odd', odd.port, '.first_byte_timeout = 1s;')}
sub vcl_recv {
  if (req.url ~ "^/denied/") { return (synth(403)); }
  if (req.url ~ "^/limited/") { return (synth(429, "Too Many Requests")); }
  if (req.url ~ "^/down/") { return (synth(503)); }
  if (req.url ~ "^/broken/") { return (fail); }
  if (req.url ~ "^/gone/") { set req.backend_hint = gone; }
  if (req.url ~ "^/(silent|garbage|cut)/") { set req.backend_hint = odd; }
}
`;
const mended = ({ lab }) => `
${backend('lab', lab.ports.http)}
sub vcl_recv { set req.url = regsub(req.url, "^/[^/]+", ""); }
`;

tryAnswers({
  software: 'Varnish', program: varnish, version: ['-V'], tls, server, faults, mended,
  answers: [
    ['403, synth', 'denied', 'access_denied'],
    ['429, synth', 'limited', 'rate_limited'],
    // It says no word of it.
    ['400, a header that is too large', 'large', 'invalid_request', { key: 'k'.repeat(3_000), truth: 'a header that is too large' }],
    ['503, synth', 'down', 'service_unavailable'],
    ['503, a rule that fails', 'broken', 'service_unavailable'],
    ['503, the service is gone', 'gone', 'service_unavailable'],
    ['503, the service is silent', 'silent', 'service_unavailable'],
    ['503, the service speaks no HTTP', 'garbage', 'service_unavailable'],
    ['200, a stream that is cut', 'cut', 'stream_interrupted'],
  ],
});
