/** A file, gzipped and in base64, as the build puts it into a script. */
declare module 'packed:*' {
  const text: string;
  export default text;
}

/** What the parts.js of the site leaves for the other scripts: the phrases, and the keys of the words. */
declare var unstuckParts: { phrases: string; keys: string } | undefined;

/** What the words.js of a language leaves for them: its words, in the order of the keys. */
declare var unstuckWords: string | undefined;

/** What the picture.js of a language leaves for home.js. */
declare var unstuckPicture: { ms: number; view: View; pressed?: string; typed?: string }[];
