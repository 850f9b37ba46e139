// What the core calls of the worker. Its glue has these names free; the build puts these in for them.
export { perform, reconsider, statusSaid } from './engine.js';
export * as ownModel from './model.js';
