// What the demo and the playground share in every language. A script, since a page that was opened as a file may load nothing else.
import phrases from 'packed:target/pages/phrases.bin';
import keys from 'packed:keys';

globalThis.unstuckParts = { phrases, keys };
