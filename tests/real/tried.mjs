// Holds the table of docs/tried.md against what the suite has just seen, or writes it anew with `--write`. Versions and confidence
// are those of the machine that wrote it: only what was told has to be the same.
import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../../docs/tried.md', import.meta.url);
const SEEN = new URL('../../target/real/tried.jsonl', import.meta.url);
const HEAD = '| software | version | what happens | cause told | confidence | |\n| --- | --- | --- | --- | --- | --- |\n';

const lines = readFileSync(SEEN, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const seen = new Map(lines.map((line) => [`${line.software} | ${line.fault}`, line]));
const row = ({ software, version, fault, cause, confidence, truth }) =>
  `| ${software} | ${version} | ${fault} | \`${cause}\` | ${Math.round(confidence * 100)} % | ${truth ? `wrong: ${truth}` : ''} |\n`;

const page = readFileSync(PAGE, 'utf8');
const [before, after] = [page.slice(0, page.indexOf(HEAD)), page.slice(page.lastIndexOf('|\n') + 2)];
const told = page.slice(before.length).split('\n').flatMap((line) => {
  const [, software, , fault, cause] = line.split(' | ').length > 4 ? line.split('|').map((cell) => cell.trim()) : [];
  return software && cause?.startsWith('`') ? [{ name: `${software} | ${fault}`, cause: cause.replaceAll('`', '') }] : [];
});

if (process.argv.includes('--write')) {
  writeFileSync(PAGE, before + HEAD + [...seen.values()].map(row).join('') + after);
} else {
  const wrong = told.filter(({ name, cause }) => seen.get(name)?.cause !== cause).map(({ name, cause }) => `${name}: the page says ${cause}, seen was ${seen.get(name)?.cause ?? 'nothing'}`);
  const missing = [...seen.keys()].filter((name) => !told.some((one) => one.name === name)).map((name) => `${name}: not in docs/tried.md`);
  for (const line of [...wrong, ...missing]) console.error(line);
  if (wrong.length + missing.length) process.exit(1);
  console.log(`docs/tried.md says what was seen: ${seen.size} failures of real software.`);
}
