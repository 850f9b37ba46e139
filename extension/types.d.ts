// Shapes that more than one part of the shell names. Those that the core gives and takes are in target/pkg/types.d.ts.

/** What a button stands for: the core gave it, and takes it back. */
type Press = any;

/** What is typed, by the names of the fields. */
type Fields = Record<string, any>;

/** The kind of an effect: it stands alone, or before what belongs to it. */
type Kind<E> = E extends string ? E : keyof E;

/** What belongs to an effect of a kind. */
type DataOf<E, K> = E extends { [kind in K & string]: infer Data } ? Data : never;

/** What performs each kind of effect. Every kind has one: the compiler sees to it. */
type PerformersOf<E, More extends unknown[] = []> = { [K in Kind<E>]: (data: DataOf<E, K>, ...more: More) => any };

/** What performs what the engine wants done. */
type Performers = PerformersOf<Effect>;

/** What one part of the extension says to another. */
interface Message {
  kind: string;
  [field: string]: any;
}

/** How one messenger is built, as `sites.json` has it. */
interface Adapter {
  id: string;
  name?: string;
  hosts?: string[];
  box: string;
  way?: string;
  messages: MessageRows;
}

/** Where the messages of a chat are, and who wrote them. */
interface MessageRows {
  row: string;
  own?: string;
  me?: TextPlace;
  author?: TextPlace;
  text?: string;
  skip?: string;
}

interface TextPlace {
  in: string;
  attribute?: string;
  pattern?: string;
}

// --- what the browser has and the type libraries do not yet

interface HTMLIFrameElement {
  credentialless: boolean;
}

interface IntersectionObserverInit {
  trackVisibility?: boolean;
  delay?: number;
}

interface IntersectionObserverEntry {
  readonly isVisible: boolean;
}

interface CSSStyleDeclaration {
  webkitMaskBoxImageSource: string;
}

interface Navigator {
  readonly userAgentData?: unknown;
}

interface LanguageModelSession {
  promptStreaming(turns: unknown[], options: { signal?: AbortSignal }): ReadableStream<string>;
  destroy(): void;
}

declare const LanguageModel: {
  availability(options: object): Promise<string>;
  create(options: object): Promise<LanguageModelSession>;
};

/** A style, as the build puts it into a script. */
declare module '*.css' {
  const text: string;
  export default text;
}
