// Shapes that more than one part of the shell names. What the core gives and takes is plain data whose shape it alone knows.

/** A frame of a tab, as long as it shows one document: where a card belongs. */
interface FrameRef {
  tab: number;
  id: number;
  document: string;
}

/** A node of what is painted, or a text. */
type ViewNode =
  | string
  | {
      tag: string;
      class?: string;
      attributes?: [string, string][];
      press?: Press;
      children?: ViewNode[];
    };

/** What the core has one place show. */
interface View {
  root?: ViewNode;
  announcement: string;
  lang: string;
  dir: string;
  urgent?: boolean;
  theme?: string;
  text_size?: string;
  busy?: boolean;
}

/** What a button stands for: the core gave it, and takes it back. */
type Press = any;

/** What is typed, by the names of the fields. */
type Fields = Record<string, any>;

/** What the core wants done: its kind alone, or with what belongs to it. */
type Effect = string | Record<string, any>;

/** What performs each kind of effect. */
type Performers = Record<string, (data: any) => unknown>;

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
