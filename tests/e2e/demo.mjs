// The demo. With a display: a browser with the extension, the demo messenger and the panel that chooses the fault.
// Without one, or with --headless: the tour alone, with its diagnoses printed and pictures in target/demo/.
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { World } from './harness.mjs';
import { takeMovingPicture } from './moving_picture.mjs';
import { takePictures } from './pictures.mjs';
import { tourOfSource, tourOfTheLab } from './tour.mjs';

const PICTURES = fileURLToPath(new URL('../../target/demo', import.meta.url));

const options = readOptions();
const headless = options.headless || options.json || Boolean(options.source) || !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
try {
  await (headless ? tour() : show());
} catch (error) {
  console.error(`The demo did not hold: ${error.message}`);
  process.exitCode = 1;
}

function readOptions() {
  try {
    const known = { headless: { type: 'boolean' }, json: { type: 'boolean' }, source: { type: 'string' } };
    return parseArgs({ options: known }).values;
  } catch (error) {
    console.error(`${error.message}\nThe demo takes --headless, --json and --source URL.`);
    process.exit(2);
  }
}

async function tour() {
  const world = await World.open(options.source ? { hosts: [originOf(options.source)] } : {});
  try {
    if (options.source) {
      const { UNSTUCK_KEY = 'demo-key', UNSTUCK_MODEL = 'demo-model' } = process.env;
      await world.browser.setUpSource(options.source, UNSTUCK_KEY, UNSTUCK_MODEL);
      await tourOfSource(world, tell);
      return;
    }
    await tourOfTheLab(world, tell);
    const pictures = await takePictures(world, PICTURES);
    for (const colorScheme of ['light', 'dark']) pictures.push(await takeMovingPicture(world, PICTURES, colorScheme));
    if (!options.json) console.log(`\n${pictures.length} pictures in ${relative('.', PICTURES)}/`);
  } finally {
    await world.close();
  }
}

async function show() {
  const world = await World.open({ headless: false, viewport: null });
  const closed = new Promise((resolve) => world.browser.context.once('close', resolve));
  const panel = await world.browser.context.newPage();
  await panel.goto(world.lab.ports.panel);
  await world.chat({ text: '', back: 0 });
  console.log('Choose a fault in the panel, then press ✦ at the message box. Close the window to end.');
  await closed;
  await world.close();
}

function originOf(address) {
  const { protocol, hostname } = new URL(address);
  return `${protocol}//${hostname}/*`;
}

/** One ask, as a line of JSON or for people. */
function tell(record, { fault, shown, draft }) {
  if (options.json) return console.log(JSON.stringify(record));
  console.log(`\n${fault ? `The lab plays ${fault}` : `Asked ${options.source}`}`);
  if (shown) {
    for (const line of [shown.move, shown.headline, shown.why]) if (line) console.log(`  ${line}`);
    for (const [index, step] of shown.steps.entries()) console.log(`    ${index + 1}. ${step}`);
    console.log(`  ${record.cause} · ${record.fault} · ${Math.round(record.confidence * 100)} % sure`);
  }
  console.log(draft === undefined ? '  No draft yet.' : `  Draft${shown ? ' after Retry' : ''}: ${draft}`);
}
