import { fileURLToPath } from 'node:url';

/** Where the extension was built. */
export const DIST = process.env.UNSTUCK_DIST ?? fileURLToPath(new URL('../../dist/unstuck', import.meta.url));
