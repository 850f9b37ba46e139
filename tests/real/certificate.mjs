// A certificate for the names of the tests. The browser of a test trusts its key alone, by its fingerprint.
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';

/** Key and certificate in one file, and the fingerprint that `--ignore-certificate-errors-spki-list` takes. */
export function certificate(name = 'nginx.test') {
  const pem = execFileSync('openssl', [
    'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:*.test', '-keyout', '-', '-out', '-',
  ], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
  const { publicKey } = new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE')));
  const fingerprint = createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('base64');
  return { pem, fingerprint };
}
