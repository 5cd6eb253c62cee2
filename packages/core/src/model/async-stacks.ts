/** A function of the program, as the snapshot knows it. */
export interface FunctionPlace {
  /** Its name; `(anonymous)` where it has none. */
  function: string
  /** URL of its script (`file:///…`, `node:…`); empty for what is built into V8. */
  file: string
  /** From 1, as in a stack trace; 0 where unknown. */
  line: number
  /** From 1; 0 where unknown. */
  column: number
  /** The npm package that it belongs to, `node` for Node itself; absent for the program's own code. */
  package?: string
}

/**
 * `async`, `async generator` and `module` (top-level await) are suspended functions; `then`, `catch` and `finally` are
 * handlers that will run; `call` is a function that called the one further in and may wait for it, which only watched
 * promises show; the others stand for the call of that name.
 */
export type FrameKind =
  | 'async'
  | 'async generator'
  | 'module'
  | 'then'
  | 'catch'
  | 'finally'
  | 'call'
  | 'Promise.all'
  | 'Promise.allSettled'
  | 'Promise.any'
  | 'Promise.race'

/** One function (or call of `Promise.all` and its kind) of an async stack. */
export interface AsyncFrame extends FunctionPlace {
  kind: FrameKind
}

/** One await chain and how many there are of it at that moment. */
export interface AsyncStackGroup {
  /** Chains, from an innermost promise to an outermost function. A call that waits for n others through `Promise.all` has n. */
  count: number
  /** Innermost first. */
  frames: AsyncFrame[]
  /** The target of the innermost one's wait; `null` where the heap does not tell. */
  waitsOn: WaitsOn | null
  /**
   * Requests or traces that they are part of, at most five, where the app keeps an id in an AsyncLocalStorage:
   * `requestId 4711`.
   */
  ids?: string[]
}

/** All suspended async functions of a process, as `goroutine` profiles show them for Go. */
export interface AsyncStacks {
  /** Async functions and async generators that are suspended at an `await`. */
  total: number
  /** Most frequent first. */
  groups: AsyncStackGroup[]
  /** True where a limit was met and groups, or outer frames, are missing. */
  truncated: boolean
  /** Size of the snapshot. */
  nodes: number
  edges: number
  bytes: number
  /** Milliseconds spent reading, and then looking. */
  parseMs: number
  analysisMs: number
}

/** The target of a promise's wait, as far as the heap tells. */
export interface WaitsOn {
  /**
   * `lock`: its resolve function stands in a list, map or set of waiters; `event`: it is called by an event of an
   * emitter that is no socket; `promise`: somebody holds its resolve function, or nobody does; `unknown`: something of
   * Node's that is none of these.
   */
  type: 'timer' | 'socket' | 'file' | 'http' | 'lock' | 'event' | 'promise' | 'unknown'
  /** Duration, remote address, method with host and path, or the class and property (or variable) that holds it. */
  detail?: string
}

/** The content of `async-stacks.json`, and the input of the analysis. Sizes in bytes, times in milliseconds. */
export interface AsyncStacksEvidence {
  /** ISO 8601, when the app thread had been looked at. */
  takenAt: string
  /** `heap-snapshot`: all that is suspended; `promise-hooks`: only waits that began while promises were watched. */
  source: 'heap-snapshot' | 'promise-hooks'
  /** The omissions of the source and the reason for it, for people; `null` where nothing is missing. */
  note: string | null
  /** Suspended async functions and async generators. */
  total: number
  /** Most frequent first. */
  groups: AsyncStackGroup[]
  /** True where a limit was met and groups, or outer frames, are missing. */
  truncated: boolean
  /** How long the app thread stood still. */
  pauseMs: number
  /** JavaScript heap in use before, garbage included. */
  heapBytes: number
  /** Size of the snapshot and the time that the monitor thread took to read it. */
  snapshot?: { nodes: number; edges: number; bytes: number; parseMs: number; analysisMs: number }
  /** How long promises were watched, how many were made, how many of them were pending, and what watching took. */
  watch?: { ms: number; promises: number; pending: number; spentMs: number }
}
