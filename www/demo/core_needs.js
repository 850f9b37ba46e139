// What the core calls of the page around it, as in the extension's worker. The build puts these in for its free names.
export { ownModel, perform } from './core.js';
