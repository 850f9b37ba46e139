// One recipe for each way in which a call of the worker can break on the network: the card and the popup name the true
// cause, and the details name the browser's own error.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World, until } from './harness.mjs';
import { startWire } from './wire.mjs';

let world, wire;
before(async () => {
  wire = await startWire();
  world = await World.open((lab) => ({
    args: [`--proxy-pac-url=data:application/x-ns-proxy-autoconfig,${encodeURIComponent(pac(lab.ports, wire.ports))}`],
  }));
  const policy = { backoff: { base_ms: 1_000, cap_ms: 30_000 }, attempts: 1, longest_silent_wait_ms: 60_000, spread: 0.2 };
  await world.browser.changeSettings({ first_byte_ms: 3_000, stall_ms: 1_500, policy });
});
afterEach(() => world.reset());
after(async () => {
  await world?.close();
  wire.close();
});

/** Each of these names has a proxy of its own; everything else goes straight to the lab. */
const pac = (lab, proxies) => `function FindProxyForURL(url, host) {
  switch (host) {
    case 'gone.test': return 'PROXY 127.0.0.1:${lab.refused}';
    case 'refusing.test': return 'PROXY 127.0.0.1:${proxies.proxyRefuses}';
    case 'basic.test': return 'PROXY 127.0.0.1:${proxies.proxyAsksBasic}';
    case 'riddle.test': return 'PROXY 127.0.0.1:${proxies.proxyAsksUnknown}';
    case 'silent.test': return 'PROXY 127.0.0.1:${proxies.proxyHangsUp}';
    case 'socks.test': return 'SOCKS5 127.0.0.1:${proxies.socksRefuses}';
    case 'unvouched.test': return 'HTTPS 127.0.0.1:${lab.https}';
    default: return 'DIRECT';
  }
}`;

// What happens, the lab's fault or the address that makes it happen, the browser's error (without `ERR_`), the cause.
// Several errors where the request races with the end of the connection.
const fault = (name) => ({ origin }) => `${origin}/fault/${name}/v1`;
const port = (name, scheme = 'http') => ({ ports }) => `${scheme}://127.0.0.1:${ports[name]}/v1`;
const raw = (name) => () => `https://127.0.0.1:${wire.ports[name]}/v1`;
const at = (address) => () => address;

const RECIPES = [
  ['nobody listens', port('refused'), 'CONNECTION_REFUSED', 'connection_refused'],
  ['a reset on connect', port('reset'), 'CONNECTION_RESET|SOCKET_NOT_CONNECTED', 'connection_lost'],
  ['a hang-up on connect', port('closed'), 'SOCKET_NOT_CONNECTED|EMPTY_RESPONSE|CONNECTION_CLOSED|CONNECTION_RESET', 'connection_lost'],
  ['a reset after the request', fault('connection_reset'), 'CONNECTION_RESET', 'connection_lost'],
  ['a hang-up after the request', fault('empty_reply'), 'EMPTY_RESPONSE', 'connection_lost'],
  ['a server without HTTP', fault('not_http'), 'INVALID_HTTP_RESPONSE', 'protocol_error'],
  ['a body shorter than announced', fault('length_mismatch'), 'CONTENT_LENGTH_MISMATCH', 'stream_interrupted'],
  ['a reset after the headers', fault('headers_then_reset'), 'CONNECTION_RESET', 'stream_interrupted'],
  ['an end inside a chunk', fault('stream_truncated'), 'INCOMPLETE_CHUNKED_ENCODING', 'stream_interrupted'],
  ['a reset inside the stream', fault('stream_reset'), 'CONNECTION_RESET', 'stream_interrupted'],
  ['a chunk without a size', fault('bad_chunk'), 'INVALID_CHUNKED_ENCODING', 'protocol_error'],
  ['gzip that is none', fault('false_gzip'), 'CONTENT_DECODING_FAILED', 'unexpected_reply'],
  ['two lengths', fault('two_lengths'), 'RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH', 'protocol_error'],
  ['two places to go', fault('two_locations'), 'RESPONSE_HEADERS_MULTIPLE_LOCATION', 'protocol_error'],
  ['too large headers', fault('huge_header'), 'RESPONSE_HEADERS_TOO_BIG', 'protocol_error'],
  ['a redirect in a circle', fault('redirect_loop'), undefined, 'bad_address'],
  ['a redirect to a file', fault('redirect_unsafe'), 'UNSAFE_REDIRECT', 'bad_address'],
  ['a redirect to data', fault('redirect_data'), 'UNSAFE_REDIRECT', 'bad_address'],
  ['a redirect to no address', fault('redirect_invalid'), 'INVALID_REDIRECT', 'bad_address'],
  ['a redirect to ftp', fault('redirect_scheme'), 'UNSAFE_REDIRECT', 'bad_address'],
  ['a port that browsers refuse', at('http://127.0.0.1:6666/v1'), 'UNSAFE_PORT', 'bad_address'],
  ['the port of another service', at('http://127.0.0.1:22/v1'), 'UNSAFE_PORT', 'bad_address'],
  ['an unknown host name', at('https://nx.test/v1'), 'NAME_NOT_RESOLVED', 'dns_failure'],
  ['an untrusted certificate', port('https', 'https'), 'CERT_AUTHORITY_INVALID', 'tls_certificate'],
  ['https on a plain port', port('http', 'https'), 'SSL_PROTOCOL_ERROR', 'tls_handshake'],
  ['a hang-up in the handshake', raw('tlsHangUp'), 'CONNECTION_CLOSED', 'connection_lost'],
  ['a reset in the handshake', raw('tlsReset'), 'CONNECTION_RESET', 'connection_lost'],
  ['only old versions of TLS', raw('tlsOldVersion'), 'SSL_VERSION_OR_CIPHER_MISMATCH', 'tls_handshake'],
  ['an unknown TLS server name', raw('tlsUnknownName'), 'SSL_UNRECOGNIZED_NAME_ALERT', 'tls_handshake'],
  ['a failing TLS server', raw('tlsInternal'), 'SSL_PROTOCOL_ERROR', 'tls_handshake'],
  ['a proxy that is gone', at('https://gone.test/v1'), 'PROXY_CONNECTION_FAILED', 'proxy_failure'],
  ['a refused proxy tunnel', at('https://refusing.test/v1'), 'TUNNEL_CONNECTION_FAILED', 'proxy_failure'],
  ['an unsupported proxy login', at('https://riddle.test/v1'), 'PROXY_AUTH_UNSUPPORTED', 'proxy_failure'],
  ['a SOCKS proxy that refuses', at('https://socks.test/v1'), 'SOCKS_CONNECTION_FAILED', 'proxy_failure'],
  ['an untrusted proxy certificate', at('https://unvouched.test/v1'), 'PROXY_CERTIFICATE_INVALID', 'proxy_failure'],
  ['a login without a proxy', fault('unexpected_proxy_login'), 'UNEXPECTED_PROXY_AUTH', 'proxy_failure'],
  // No error of the browser: a status, a page, a silence or an end tells.
  ['a required proxy login', at('https://basic.test/v1'), undefined, 'proxy_failure'],
  ['silence after the request', fault('never_answers'), undefined, 'timeout'],
  ['silence after connecting', port('unanswered'), undefined, 'timeout'],
  ['silence after the headers', fault('stream_headers_only'), undefined, 'timeout'],
  ['silence inside the stream', fault('stream_stalled'), undefined, 'stream_interrupted'],
  ['a stream without end mark', fault('stream_without_done'), undefined, 'stream_interrupted'],
  ['an end that looks whole', fault('no_length_cut'), undefined, 'unexpected_reply'],
  ['a redirect to a sign-in', fault('captive_redirect'), undefined, 'captive_portal'],
];

for (const [seen, address, error, cause] of RECIPES) {
  test(`${seen}: ${cause}`, async () => {
    await world.browser.setUpSource(address(world.lab), world.lab.key);
    const chat = await world.chat();
    await chat.ask();
    await world.explains(chat, { cause });
    const findings = await evidence(chat);
    if (error) assert.match(findings, new RegExp(`reports net::ERR_(${error})\\b`));
    else assert.doesNotMatch(findings, /reports net::ERR_/);
  });
}

test('a host without permission: site_access_missing', async () => {
  // Past the options page, which asks for access to the host.
  const { settings } = await world.browser.desk.evaluate(() => chrome.storage.local.get('settings'));
  const [source] = settings.sources;
  await world.browser.changeSettings({ sources: [{ ...source, base_url: `http://localhost:${world.lab.ports.http}/v1` }] });
  const chat = await world.chat();
  await chat.ask();
  await world.explains(chat, { cause: 'site_access_missing' });
});

const evidence = (chat) => until('the card shows what it rests on', () => chat.inCard((root) => [...root.querySelectorAll('details li')].map((item) => item.textContent).join('\n')));
