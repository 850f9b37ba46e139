/** A file, gzipped and in base64, as the build puts it into a script. */
declare module 'packed:*' {
  const text: string;
  export default text;
}

/** What the parts.js of the site leaves for the other scripts. */
declare var unstuckParts: { phrases: string; words: string } | undefined;
