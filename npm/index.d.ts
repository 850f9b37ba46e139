import type { ActionKind, Cause, Provider } from './ids.js';

export type { ActionKind, Cause, Provider };

/** Whose side a failure lies on. */
export type Fault = 'network' | 'browser' | 'account' | 'request' | 'provider' | 'unknown';

/** When trying the same call again makes sense. */
export interface Retry {
  when: 'now' | 'backoff' | 'after' | 'online' | 'after_fix' | 'never';
  /** The wait that the service named, in milliseconds. With `after_fix` and `never` it is the time until a limit opens again. */
  after_ms: number | null;
}

/** One failed call as it was seen. Every field may be missing; one that is present is a fact. */
export interface Failure {
  /** The service that was called, if the caller knows it: `openai`, `anthropic`, … */
  provider?: Provider | (string & {});
  /** The address that was called. */
  url?: string;
  method?: string;
  status?: number;
  headers?: Record<string, unknown> | [string, string][];
  /** The raw answer: text, JSON, HTML or an event stream, perhaps cut. */
  body?: unknown;
  /** Name of the exception. */
  error_name?: string;
  /** Text of the exception, or anything that a person saw, in any language. */
  message?: string;
  /** The browser's own name for a network error: `net::ERR_…`. */
  net_error?: string;
  /** The code with which a WebSocket closed; its reason is the message. */
  close_code?: number;
  /** How far the call had come. */
  stage?: 'before' | 'request' | 'response' | 'stream';
  /** What had arrived of a streamed answer. */
  stream?: { chars: number; ended: boolean };
  /** Whether the caller itself cancelled. */
  aborted?: boolean;
  /** `navigator.onLine` when it failed. */
  online?: boolean;
  /** Whether a proxy is configured. */
  proxy?: boolean;
  /** Who made the call. */
  context?: 'page' | 'native' | 'worker' | 'content_script' | 'extension_page';
  /** Milliseconds from the call to the failure. */
  elapsed_ms?: number;
  /** The time at the failure, milliseconds since 1970: dates in answers are read against it. */
  now_ms?: number;
  /** Which attempt this was, counted from 1. */
  attempt?: number;
}

/** What spoke for a diagnosis: a tag, or a tag with what was seen. */
export type Evidence = string | Record<string, Record<string, unknown>>;

export interface Diagnosis {
  cause: Cause;
  /** How sure that is, 0 to 1, calibrated. */
  confidence: number;
  retry: Retry;
  /** Strongest first. */
  evidence: Evidence[];
  /** The runners-up, likeliest first, at most three. */
  also: { cause: Cause; confidence: number }[];
  provider: Provider | null;
  host: string | null;
  /** The service's id of the request, for its support. */
  request_id: string | null;
  /** When a quota opens again, milliseconds since 1970. */
  opens_at_ms: number | null;
  /** What can be done, the primary one first. */
  actions: { kind: ActionKind; url: string | null }[];
}

export interface Explanation {
  cause: Cause;
  fault: Fault;
  confidence: number;
  /** The confidence in a word or two. */
  certainty: string;
  /** What happened, in one short sentence. */
  headline: string;
  why: string;
  whose_move: string;
  /** What to do by hand, in order; one to four. */
  steps: string[];
  /** The check that would decide, where the matter is left open. */
  next_check?: string;
  actions: { kind: ActionKind; label: string; primary: boolean; url?: string }[];
  retry: Retry;
  /** When to try again, in one short clause. */
  retry_line: string;
  evidence: string[];
  also: { cause: Cause; confidence: number }[];
  provider?: Provider;
  request_id?: string;
}

/** A failure, an exception (read by `fromError`), the answer of a service, or any text. */
export type Given = Failure | Error | string | Record<string, unknown>;

/** What failed and why, as data. Loads what it needs at the first call. */
export function diagnose(failure: Given): Promise<Diagnosis>;

/** What failed and why, in words. A locale without words of its own is told in English. */
export function explain(failure: Given, locale?: string): Promise<Explanation>;

/** The facts that an exception tells: status, headers and answer of an SDK's error, and its causes. `known` adds to them. */
export function fromError(error: unknown, known?: Failure): Failure;
