// The web apps that can be watched: by site, the calls that bring an answer, those that tell who is signed in, what a
// sign-in looks like, and where one types and is told of errors. Only what is listed here is looked at; telemetry is not.

/** @typedef {{ answers: string[], sessions: string[], signIn: string[], box: string, error?: string }} App */

/** @type {Record<string, App>} */
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
    signIn: ['https://claude.ai/login*'],
    box: 'div.ProseMirror[contenteditable="true"]',
  },
  'https://gemini.google.com': {
    answers: ['/_/BardChatUi/data/*/StreamGenerate', '/u/*/_/BardChatUi/data/*/StreamGenerate'],
    sessions: [],
    signIn: ['https://accounts.google.com/*'],
    box: 'rich-textarea [contenteditable="true"]',
    error: 'mat-snack-bar-container, simple-snack-bar',
  },
  'https://copilot.microsoft.com': {
    answers: ['/c/api/chat', '/c/api/conversations'],
    sessions: ['/c/api/user', '/c/api/start'],
    signIn: ['https://login.microsoftonline.com/*', 'https://login.live.com/*'],
    box: 'textarea',
  },
  'https://chat.deepseek.com': {
    answers: ['/api/v0/chat/completion', '/api/v0/chat/create_pow_challenge'],
    sessions: ['/api/v0/users/current'],
    signIn: ['https://chat.deepseek.com/sign_in*'],
    box: 'textarea',
  },
  'https://grok.com': {
    answers: ['/rest/app-chat/conversations/new', '/rest/app-chat/conversations/*/responses'],
    sessions: [],
    signIn: ['https://accounts.x.ai/*'],
    box: 'textarea, .tiptap[contenteditable="true"]',
  },
  'https://www.perplexity.ai': {
    answers: ['/rest/sse/perplexity_ask'],
    sessions: ['/api/auth/session'],
    signIn: ['https://www.perplexity.ai/login*'],
    box: '#ask-input, textarea',
  },
  'https://poe.com': {
    answers: ['/api/gql_POST'],
    sessions: [],
    signIn: ['https://poe.com/login*'],
    box: 'textarea',
  },
};

/**
 * A site that the person added: calls by the names that such calls have everywhere, on any host.
 * @type {App}
 */
const OTHER = {
  answers: ['*conversation*', '*completion*', '*/chat', '*/chat/*', '*generate*', '*/messages', '*/responses', '*/ask', '*/queue/join', '*/queue/data'],
  sessions: ['*/auth/session', '*/api/session'],
  signIn: ['*/login*', '*/signin*', '*/sign-in*', '*/sign_in*'],
  box: 'textarea, [contenteditable="true"], [contenteditable="plaintext-only"]',
  // Not what is only read aloud: an app reads its answers so. Gradio's errors are no alerts.
  error: '[role="alert"], [role="alertdialog"], [data-testid="toast-body"].error',
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
  const { answers, sessions, signIn, box, error } = APPS[site] ?? OTHER;
  const errors = [error, OTHER.error].filter(Boolean).join();
  return { answer: any(answers, site), session: any(sessions, site), signIn: any(signIn), boxes: [box, OTHER.box], errors };
}

/** @param {string} site */
export const isKnown = (site) => site in APPS;

/** The calls of all known apps, as match patterns. */
export const patterns = () =>
  Object.entries(APPS).flatMap(([site, { answers, sessions }]) => [...answers, ...sessions].flatMap((path) => [site + path, `${site}${path}?*`]));
