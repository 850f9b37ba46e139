// Apache with TLS before the lab, with mod_security and its core rule set: what it answers in place of the service.
import { tryAnswers } from './before.mjs';
import { place } from './software.mjs';

const apache = () => place('/usr/sbin/apache2');
const MODULES = ['mpm_event', 'authn_core', 'authn_file', 'auth_basic', 'authz_core', 'authz_user', 'dir', 'alias', 'env', 'setenvif', 'headers', 'unique_id', 'socache_shmcb', 'ssl', 'http2', 'proxy', 'proxy_http', 'rewrite', 'security2'];

const server = (places, pem) => (folder, port) => ({
  command: [apache(), '-d', folder, '-f', `${folder}/httpd.conf`, '-DFOREGROUND'],
  files: {
    'cert.pem': pem,
    nobody: '',
    'root/index.html': '<!doctype html><title>Here is nothing</title>',
    'httpd.conf': `
ServerRoot ${folder}
ServerName apache.test
PidFile ${folder}/pid
Mutex posixsem
DefaultRuntimeDir ${folder}
${MODULES.map((name) => `LoadModule ${name}_module ${place(`/usr/lib/apache2/modules/mod_${name}.so`)}`).join('\n')}
ErrorLog ${folder}/error.log
StartServers 1
ThreadsPerChild 4
ServerLimit 2
MaxRequestWorkers 8
MinSpareThreads 1
MaxSpareThreads 8
Listen 127.0.0.1:${port}
SSLEngine on
SSLCertificateFile ${folder}/cert.pem
Protocols http/1.1
ProxyTimeout 1
DocumentRoot ${folder}/root
<Directory ${folder}/root>
  Require all granted
</Directory>
SecRequestBodyAccess On
SecResponseBodyAccess Off
SecTmpDir ${folder}
SecDataDir ${folder}
SecRule REQUEST_HEADERS:Content-Type "^application/json" "id:200001,phase:1,pass,nolog,ctl:requestBodyProcessor=JSON"
Include ${place('/etc/modsecurity/crs/crs-setup.conf')}
Include ${place('/usr/share/modsecurity-crs/rules/REQUEST-901-INITIALIZATION.conf').replace(/[^/]+$/, '*.conf')}
${places}
`,
  },
});

const to = (place, port, path = '') => `ProxyPass /${place}/ http://127.0.0.1:${port}/${path}`;
const faults = ({ lab, gone, odd }) => `
${to('small', lab.ports.http)}
${to('guarded', lab.ports.http)}
${to('gone', gone)}
${to('silent', odd.port, 'silent/')}
${to('garbage', odd.port, 'garbage/')}
${to('cut', odd.port, 'cut/')}
<Location /denied/>
  Require all denied
</Location>
<Location /login/>
  AuthType Basic
  AuthName office
  AuthUserFile nobody
  Require valid-user
</Location>
<Location /small/>
  SecRequestBodyLimit 16
</Location>
SecRuleEngine On
<LocationMatch "^/(?!guarded|small)">
  SecRuleEngine Off
</LocationMatch>
<Location /down/>
  Redirect 503 /down/
</Location>
`;
const mended = ({ lab }) => `
SecRuleEngine Off
ProxyPassMatch ^/[^/]+/(.*)$ http://127.0.0.1:${lab.ports.http}/$1
`;

tryAnswers({
  software: 'Apache', program: apache, version: ['-v'], server, faults, mended,
  answers: [
    ['403, Require all denied', 'denied', 'access_denied'],
    ['403, the core rule set of mod_security', 'guarded', 'access_denied', { prompt: "Explain <script>alert(document.cookie)</script> and ' OR 1=1 UNION SELECT password FROM users-- and ../../../../etc/passwd" }],
    ['401, basic login', 'login', 'invalid_api_key'],
    ['404, no such place', 'nothing', 'endpoint_not_found'],
    ['413, SecRequestBodyLimit of mod_security', 'small', 'payload_too_large'],
    ['200, the service speaks no HTTP', 'garbage', 'unexpected_reply'],
    ['503, the service is gone', 'gone', 'service_unavailable'],
    ['503, under repair', 'down', 'service_unavailable'],
    ['502, the service is silent', 'silent', 'bad_gateway'],
    ['200, a stream that is cut', 'cut', 'stream_interrupted'],
  ],
});
