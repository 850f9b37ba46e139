// Squid and mitmproxy as the browser's proxy: what they refuse, and what they do to the certificate of a service.
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { after, afterEach, before, test } from 'node:test';

import { certificate } from './certificate.mjs';
import { startOdd } from './odd.mjs';
import { freePort, place, Program, versionOf } from './software.mjs';
import { openWorld, trial } from './trial.mjs';

const squid = () => place('/usr/sbin/squid');
const mitm = () => new URL('../../target/real/mitmproxy/bin/mitmdump', import.meta.url).pathname;

/** The pages that Squid answers with, where whoever it becomes can read them. */
function pages(folder) {
  mkdirSync(`${folder}/errors`, { recursive: true });
  const from = place('/usr/share/squid/errors/templates', '/usr/share/squid-langpack/templates');
  for (const name of readdirSync(from)) copyFileSync(`${from}/${name}`, `${folder}/errors/${name}`);
}

const squidWith = (rules) => (folder, port) => {
  pages(folder);
  return {
    command: [squid(), '-N', '-f', `${folder}/squid.conf`],
    files: {
      hosts: '127.0.0.1 squid.test\n',
      'squid.conf': `
http_port 127.0.0.1:${port}
visible_hostname office
pid_filename ${folder}/squid.pid
cache_log ${folder}/cache.log
access_log none
cache deny all
pinger_enable off
coredump_dir ${folder}
error_directory ${folder}/errors
unlinkd_program ${place('/usr/lib/squid/unlinkd')}
logfile_daemon ${place('/usr/lib/squid/log_file_daemon')}
mime_table ${place('/usr/share/squid/mime.conf')}
icon_directory ${place('/usr/share/squid/icons')}
hosts_file ${folder}/hosts
dns_nameservers 127.0.0.1
dns_timeout 1 seconds
connect_timeout 2 seconds
shutdown_lifetime 0 seconds
${rules}
`,
    },
  };
};

const mitmWith = (...options) => (folder, port) => ({
  command: [mitm(), '--listen-host', '127.0.0.1', '--listen-port', String(port), '--set', `confdir=${folder}`, '--set', 'connection_strategy=lazy', '-q', ...options],
});

let world, one, other, own, odd, gone, versions;
before(async () => {
  own = certificate('mitm.test');
  odd = await startOdd();
  gone = await freePort();
  one = await Program.start('squid', squidWith('http_access allow all'));
  other = await Program.start('mitmproxy', mitmWith(), { patience: 60_000 });
  const pac = `function FindProxyForURL(url, host) {
    if (host === 'squid.test' || host === 'nowhere.test') return 'PROXY 127.0.0.1:${one.port}';
    if (host === 'mitm.test') return 'PROXY 127.0.0.1:${other.port}';
    return 'DIRECT';
  }`;
  world = await openWorld({ args: [`--ignore-certificate-errors-spki-list=${own.fingerprint}`, `--proxy-pac-url=data:application/x-ns-proxy-autoconfig,${encodeURIComponent(pac)}`] });
  versions = { squid: await versionOf(squid(), ['-v']), mitm: await versionOf(mitm(), ['--version']) };
});
afterEach(() => world.reset());
after(async () => {
  await world?.close();
  await one?.stop();
  await other?.stop();
  odd?.close();
});

// What it does, its rules, the host that is called, the cause.
const SQUID = [
  ['deny', 'http_access deny all', 'squid.test', 'proxy_failure'],
  ['407, a login', 'auth_param basic program /bin/cat\nacl known proxy_auth REQUIRED\nhttp_access allow known', 'squid.test', 'proxy_failure'],
  ['an unknown name', 'http_access allow all', 'nowhere.test', 'proxy_failure'],
  ['nobody listens behind it', 'http_access allow all', 'gone', 'proxy_failure'],
];

for (const [fault, rules, host, cause] of SQUID) {
  test(`Squid: ${fault}: ${cause}`, async () => {
    await one.turnTo(squidWith(rules));
    const url = host === 'gone' ? `https://squid.test:${gone}/v1` : `https://${host}:${world.lab.ports.https}/v1`;
    // Who is let out again still meets the lab's certificate, so the person is given the way past the proxy.
    const mend = () => world.useLab();
    await trial(world, { software: 'Squid', version: versions.squid, fault, url, cause, mend });
  });
}

const lab = () => ['--map-remote', `|https://mitm.test|${world.lab.origin}`];
/** Its own certificate with the key that the browser trusts, as where its authority is installed. */
const trusted = () => (folder, port) => {
  const { command } = mitmWith('--certs', `*=${folder}/trusted.pem`, ...lab())(folder, port);
  return { command, files: { 'trusted.pem': own.pem } };
};

const MITM = [
  ['an authority that is not trusted', () => mitmWith(...lab()), 'tls_certificate'],
  ['407, a login', () => mitmWith('--proxyauth', 'somebody:else', ...lab()), 'proxy_failure'],
];

for (const [fault, options, cause] of MITM) {
  test(`mitmproxy: ${fault}: ${cause}`, async () => {
    await other.turnTo(options());
    const mend = () => other.turnTo(trusted());
    await trial(world, { software: 'mitmproxy', version: versions.mitm, fault, url: 'https://mitm.test/v1', cause, mend });
  });
}

const BROKEN = [
  ['502, nobody listens behind it', () => `http://127.0.0.1:${gone}`, 'proxy_failure'],
  ['502, an answer that is cut behind it', () => `http://127.0.0.1:${odd.port}/cut`, 'proxy_failure'],
];

for (const [fault, target, cause] of BROKEN) {
  test(`mitmproxy: ${fault}: ${cause}`, async () => {
    await other.turnTo((folder, port) => {
      const { command } = mitmWith('--certs', `*=${folder}/trusted.pem`, '--map-remote', `|https://mitm.test|${target()}`)(folder, port);
      return { command, files: { 'trusted.pem': own.pem } };
    });
    const mend = () => other.turnTo(trusted());
    await trial(world, { software: 'mitmproxy', version: versions.mitm, fault, url: 'https://mitm.test/v1', cause, mend });
  });
}
