import type { FunctionPlace } from './async-stacks.js'
import type { Count } from './count.js'

/** Objects of one class. Sizes in bytes. */
export interface ClassFigures {
  /** Name of the class; of plain objects the names of their first properties: `{id, offers, …}`. */
  name: string
  count: Count
  /** Their own size, without the objects that they refer to. */
  bytes: Count
}

/** An object that keeps a good part of the heap alive: without it the garbage collector would free those bytes. */
export interface Holder {
  /** The way to it from its anchor, as code would write it: `productCache`, `jobs.items`, `bus._events.message`. */
  path: string
  /**
   * Its class: `Map`, `Array`, `Session`. `suspended call`, `callback`: many of one function together, whose variables Node
   * and V8 keep.
   */
  class: string
  /** Elements, or entries, or properties; `null` if the class has none. */
  entries: Count | null
  /** Bytes that only it keeps alive, those of other holders below it excluded. */
  bytes: Count
  /** The part of `bytes` outside of the JavaScript heap: the content of Buffers. */
  externalBytes: Count
  /** The thing at which the path begins. */
  anchor: Anchor
  /** Its parts, the largest classes first; at most 5. */
  holds: ClassFigures[]
}

export interface Anchor {
  /**
   * `module`: a variable of a module. `closure`: a variable of a function, alive because functions within it are.
   * `suspended`: a variable of an async function that waits. `global`: a property of `globalThis`. `running`: a
   * variable of a function that runs. `unknown`: Node or V8 hold it.
   */
  kind: 'module' | 'closure' | 'suspended' | 'global' | 'running' | 'unknown'
  /** The file of the module, or where the function is; `null` where that is not known. */
  place: FunctionPlace | null
  /** Functions that share the variable, by name; at most 4. */
  functions: string[]
}

/** The parts of a heap and their holders, from a heap snapshot. It holds no content of any string. */
export interface Holders {
  /** All live bytes, and the part outside of the JavaScript heap. */
  bytes: Count
  externalBytes: Count
  /** The largest first. At most 20. */
  holders: Holder[]
  /** The largest first. At most 50. */
  classes: ClassFigures[]
  strings: {
    /** Strings whose content another string has too, and the bytes that one copy of each would save; `null` if redacted. */
    duplicates: { count: Count; bytes: Count } | null
    /** Strings that live only because a slice of them does. */
    sliced: { count: Count; bytes: Count }
  }
  /** Objects that Chrome marks as detached from the document. */
  detached: { count: Count; bytes: Count }
  nodes: Count
  edges: Count
  parseMs: number
  analysisMs: number
}

/** The growth between two snapshots. */
export interface Growth {
  /** Milliseconds between them; `null` if unknown. */
  ms: number | null
  bytes: number
  /** Classes, those that grew most first: differences. */
  classes: { name: string; count: number; bytes: number }[]
  /** Holders that are in both or only in the later one, by path and place: differences. */
  holders: { path: string; entries: number | null; bytes: number }[]
}

/** The content of `holders.json`. */
export interface HoldersEvidence extends Holders {
  takenAt: string
  /** Compared with the last snapshot of the process; `null` for the first. */
  growth: Growth | null
}
