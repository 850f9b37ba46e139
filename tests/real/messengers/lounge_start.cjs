// Starts The Lounge. It asks for Node 22 because of the store that it can keep messages in; it is told to keep none here, so an
// older Node does without the store.
const Module = require('node:module');

const load = Module._load;
Module._load = (name, ...rest) => (name === 'node:sqlite' && !Module.isBuiltin(name) ? {} : load(name, ...rest));
process.chdir(process.env.THELOUNGE);
require(`${process.env.THELOUNGE}/dist/server/index.js`);
