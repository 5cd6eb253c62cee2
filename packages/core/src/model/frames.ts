/**
 * A variable of a function that stood still: of text and objects its size and class, of numbers and booleans the value. Of
 * text its beginning as well, if the option `frames.content` allows it.
 */
export interface FrameVariable {
  name: string
  /** `unknown`: V8 had optimised it away whenever it was read. `hidden`: its name or value looks like a secret. */
  kind:
    | 'number'
    | 'boolean'
    | 'string'
    | 'bigint'
    | 'symbol'
    | 'function'
    | 'undefined'
    | 'null'
    | 'object'
    | 'unknown'
    | 'hidden'
  /** Of a number (`NaN` and infinities as text) or a boolean. */
  value?: number | boolean | string
  /** Characters of a string, elements of an array, entries of a map or set, bytes of a buffer. */
  size?: number
  /** Of an object. */
  class?: string
  /** The beginning of a string, redacted. Only with the option `frames.content`. */
  text?: string
}

/**
 * Characters of a string that leave the app thread for so many that are shown: redaction makes a text shorter, and has to
 * see the whole of a secret.
 */
export const readOfText = (content: number): number => (content > 0 ? 2 * content + 512 : 0)

export interface StuckFrame {
  /** Empty for a function without a name. */
  name: string
  url: string
  /** Where the function begins, from 1. */
  line: number
  column: number
  /** Where it stood, from 1. */
  runningLine: number
  runningColumn: number
  variables: FrameVariable[]
}

export interface FramesRead {
  /** Milliseconds since the first read. */
  at: number
  /** Milliseconds for which the app thread stood still for it. */
  pauseMs: number
  /** The innermost function first. */
  frames: StuckFrame[]
}

/** `frames.json`: the variables of the functions that blocked the event loop. */
export interface FramesEvidence {
  /** ISO 8601. */
  takenAt: string
  /** Milliseconds for which the event loop had been blocked. */
  blockedMs: number
  /** Why nothing was read; `null` if something was. */
  why: string | null
  /** The built-in function that was running, e.g. `RegExp.test`. */
  inCall: string | null
  /** Milliseconds for which attaching, before the first read, held up the app thread. */
  attachMs: number
  reads: FramesRead[]
}
