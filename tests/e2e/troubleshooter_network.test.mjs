// The network step of the troubleshooter, pressed where the network is broken in one way: it has to tell which.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { World, until, words } from './harness.mjs';
import { Troubleshooter } from './troubleshooter.mjs';

let world;
before(async () => {
  world = await World.open(({ ports }) => ({
    hosts: ['http://www.gstatic.com/*', 'https://nx.example/*'],
    rules: [`MAP www.gstatic.com:80 127.0.0.1:${ports.http}`, 'MAP nx.example ~NOTFOUND'],
    args: ['--ignore-certificate-errors', `--proxy-pac-url=data:application/x-ns-proxy-autoconfig,${encodeURIComponent(pac(ports))}`],
  }));
  await world.browser.changeSettings({ policy: { attempts: 1 } });
});
afterEach(() => world.reset());
after(() => world.close());

// One name is reached by a proxy that is not there, everything else goes straight to the lab.
const pac = (ports) => `function FindProxyForURL(url, host) { return host === 'proxied.test' ? 'PROXY 127.0.0.1:${ports.refused}' : 'DIRECT'; }`;

// What is wrong, the service that is called, the other host that is asked, what is told, the browser's own error.
const BROKEN = [
  ['one unresolved name', () => 'https://nx.test/v1', answering, 'name', 'NAME_NOT_RESOLVED'],
  ['no name resolves', () => 'https://nx.test/v1', () => 'https://nx.example/v1', 'dns', 'NAME_NOT_RESOLVED'],
  ['one host refuses', closed('one'), answering, 'one_host', 'CONNECTION_REFUSED'],
  ['every host refuses', closed('one'), closed('other'), 'nothing', 'CONNECTION_REFUSED'],
  ['the proxy is gone', () => 'https://proxied.test/v1', answering, 'proxy', 'PROXY_CONNECTION_FAILED'],
  ['nothing wrong any more', ({ ports }) => `https://one.test:${ports.https}/fault/server_error/v1`, answering, 'fine'],
];

function answering({ ports }) {
  return `https://other.test:${ports.https}/v1`;
}

function closed(name) {
  return ({ ports }) => `https://${name}.test:${ports.refused}/v1`;
}

for (const [name, service, other, told, error] of BROKEN) {
  // The step tells it and is not misled by the other hosts.
  test(`network step: ${name}`, async () => {
    await world.lab.stage({ host: 'www.gstatic.com', path: '/generate_204', status: 204 });
    await world.browser.setUpSource(service(world.lab), world.lab.key);
    await world.addSource({ id: 'other', name: 'Other', base_url: other(world.lab) });
    const chat = await world.chat();
    await chat.ask();
    await until('the call is given up', async () => (await chat.buttons()).some(({ label, disabled }) => /^Try again/.test(label) && !disabled), { ms: 30_000 });
    const troubleshooter = await Troubleshooter.fromPopup(world, chat);
    const { state, lines } = await troubleshooter.run('network', { ms: 30_000 });
    assert.match(lines[0], words(`step_network_${told}`), lines.join('\n'));
    if (error) assert.match(lines[1], new RegExp(error));
    assert.equal(state, error ? 'found' : 'nothing');
  });
}

// Whoever opens all connections on the way shows every host a certificate of their own.
test('unknown authority everywhere means interception', async () => {
  const other = await World.open(({ ports }) => ({ hosts: ['http://www.gstatic.com/*'], rules: [`MAP www.gstatic.com:80 127.0.0.1:${ports.http}`] }));
  try {
    await other.lab.stage({ host: 'www.gstatic.com', path: '/generate_204', status: 204 });
    await other.browser.changeSettings({ policy: { attempts: 1 } });
    await other.browser.setUpSource(`https://one.test:${other.lab.ports.https}/v1`, other.lab.key);
    await other.addSource({ id: 'other', name: 'Other', base_url: `https://other.test:${other.lab.ports.https}/v1` });
    const chat = await other.chat();
    await chat.ask();
    assert.equal((await chat.diagnosis()).cause, 'tls_certificate');
    const troubleshooter = await Troubleshooter.fromPopup(other, chat);
    const { state, lines } = await troubleshooter.run('network', { ms: 30_000 });
    assert.match(lines[0], words('step_network_interception'), lines.join('\n'));
    assert.equal(state, 'found');
  } finally {
    await other.close();
  }
});
