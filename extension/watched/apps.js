// The web apps that can be watched: by site, the calls that bring an answer, those that tell who is signed in, what a
// sign-in looks like, and where one types and is told of errors. Only what is listed here is looked at; telemetry is not.

/** @typedef {{ answers: string[], sessions?: string[], signIn?: string[], box?: string, error?: string }} App */

/**
 * What one does not say is as on any other site.
 * @type {Record<string, App>}
 */
const APPS = {
  'https://chatgpt.com': {
    answers: ['/backend-api/conversation', '/backend-api/f/conversation', '/backend-anon/conversation', '/backend-anon/f/conversation', '/backend-api/sentinel/chat-requirements'],
    sessions: ['/api/auth/session'],
    signIn: ['*/auth/login*', 'https://auth.openai.com/*'],
    box: '#prompt-textarea',
    error: '.text-token-text-error, [data-testid*="error"]',
  },
  'https://claude.ai': {
    answers: ['/api/organizations/*/completion', '/api/organizations/*/retry_completion'],
    sessions: ['/api/account', '/api/bootstrap*', '/api/organizations'],
    box: 'div.ProseMirror[contenteditable="true"]',
  },
  'https://gemini.google.com': {
    answers: ['/_/BardChatUi/data/*/StreamGenerate', '/u/*/_/BardChatUi/data/*/StreamGenerate'],
    signIn: ['https://accounts.google.com/*'],
    box: 'rich-textarea [contenteditable="true"]',
    error: 'mat-snack-bar-container, simple-snack-bar',
  },
  'https://copilot.microsoft.com': {
    answers: ['/c/api/chat', '/c/api/conversations'],
    sessions: ['/c/api/user', '/c/api/start'],
    signIn: ['https://login.microsoftonline.com/*', 'https://login.live.com/*'],
  },
  'https://chat.deepseek.com': {
    answers: ['/api/v0/chat/completion', '/api/v0/chat/create_pow_challenge'],
    sessions: ['/api/v0/users/current'],
  },
  'https://grok.com': {
    answers: ['/rest/app-chat/conversations/new', '/rest/app-chat/conversations/*/responses'],
    signIn: ['https://accounts.x.ai/*'],
  },
  'https://www.perplexity.ai': {
    answers: ['/rest/sse/perplexity_ask'],
    sessions: ['/api/auth/session'],
    box: '#ask-input',
  },
  'https://poe.com': {
    answers: ['/api/gql_POST'],
  },
};

/** A site that the person added: calls by the names that such calls have everywhere, on any host. */
const OTHER = {
  answers: ['*conversation*', '*completion*', '*/chat', '*/chat/*', '*generate*', '*/messages', '*/responses', '*/ask', '*/queue/join', '*/queue/data'],
  sessions: ['*/auth/session', '*/api/session'],
  signIn: ['*/login*', '*/signin*', '*/sign-in*', '*/sign_in*'],
  box: 'textarea, [contenteditable=true], [contenteditable=plaintext-only]',
  // Not what is only read aloud: an app reads its answers so. The toasts of Gradio and Sonner and the errors of Chainlit are no alerts.
  error: '[role^=alert], .toast-body.error, [data-sonner-toast][data-type=error], .ai-message:has(>span>.lucide-circle-alert)',
};

/** @param {string} glob */
const told = (glob) => glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
/** @param {string[]} globs */
const any = (globs, site = '') => `^(${globs.map((glob) => told(glob[0] === '/' ? site + glob : glob)).join('|')})$`;

/**
 * Sites are named by scheme and host, as in a match pattern without a port.
 * @param {string} url
 */
export function siteOf(url) {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}`;
}

/**
 * What to look for on this site: patterns of addresses without their query, where to type, and where errors stand; any box where an app has changed.
 * @param {string} site
 */
export function rules(site) {
  const { answers, sessions = [], signIn = OTHER.signIn, box = OTHER.box, error = OTHER.error } = APPS[site] ?? OTHER;
  // The name of a socket says little: those of a site that the person added all count, on any of its ports.
  const socket = any(isKnown(site) ? answers : ['/*', `${site}:*`, ...answers], site).replaceAll('http', 'ws');
  return { answer: any(answers, site), session: any(sessions, site), signIn: any(signIn), socket, boxes: [box, OTHER.box], errors: `${error}, ${OTHER.error}` };
}

/** @param {string} site */
export const isKnown = (site) => site in APPS;

/** The calls of all known apps, as match patterns. */
export const patterns = () =>
  Object.entries(APPS).flatMap(([site, { answers, sessions = [] }]) => [...answers, ...sessions].flatMap((path) => [site + path, `${site}${path}?*`]));
