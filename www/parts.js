// What the demo and the playground share. A script, since a page that was opened as a file may load nothing else.
import phrases from 'packed:target/pages/phrases.bin';
import words from 'packed:words';

globalThis.unstuckParts = { phrases, words };
