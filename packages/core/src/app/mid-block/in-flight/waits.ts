import type { Links } from './links.js'
import type { Trace } from './stack.js'

/** Something that the application waits for. */
export interface Wait<T> {
  about: T
  /** When it began, by the clock of the scans. */
  since: number
  /** The request that it is done for, as a source knows it; `null` where that could not be told. */
  owner: object | null
  trace: Trace | null
  /** Whether the answer has begun to come in. */
  answered: boolean
}

export interface WaitsContext {
  /** Milliseconds, as of the last scan. */
  clock(): number
  links: Pick<Links, 'owner' | 'trace'>
}

export type Waits<T extends object> = ReturnType<typeof createWaits<T>>

export interface WaitsOptions<T> {
  isOver(about: T): boolean
  isAnswered(wait: Wait<T>): boolean
  /** @default 50_000 */
  most?: number
}

/**
 * What is being waited for, the oldest first. Whatever ends without a word is found by `sweep`, and where even that
 * cannot tell, `most` is the bound: then the oldest are forgotten.
 */
export function createWaits<T extends object>(
  { clock, links }: WaitsContext,
  { isOver, isAnswered, most = 50_000 }: WaitsOptions<T>,
) {
  const waits = new Map<T, Wait<T>>()
  let forgotten = false

  function sweep(): void {
    for (const about of waits.keys()) if (isOver(about)) waits.delete(about)
    if (waits.size < most / 2) forgotten = false
  }

  /** A tenth at once, so that being full does not cost every call a sweep. */
  function makeRoom(): void {
    sweep()
    if (waits.size <= 0.9 * most) return
    forgotten = true
    let surplus = Math.ceil(0.1 * most)
    for (const about of waits.keys()) {
      if (surplus-- <= 0) break
      waits.delete(about)
    }
  }

  function add(about: T, owner: object | null, trace: Trace | null): void {
    if (waits.size >= most) makeRoom()
    waits.set(about, { about, since: clock(), owner, trace, answered: false })
  }

  return {
    /** Called by the one who begins to wait. */
    begin(about: T): void {
      if (!waits.has(about)) add(about, links.owner(), links.trace())
    },
    /** Called by somebody else, who does not know by whom it was begun. */
    found(about: T): void {
      if (!waits.has(about) && !isOver(about)) add(about, null, null)
    },
    answered(about: T): void {
      const wait = waits.get(about)
      if (wait) wait.answered = true
    },
    end: (about: T) => void waits.delete(about),
    sweep,
    /** Those that are not over, the oldest first. */
    *live(): Generator<Wait<T>> {
      for (const wait of waits.values()) if (!isOver(wait.about)) yield wait
    },
    /** Whether there were too many to keep them all. */
    forgotten: () => forgotten,
    /** How many began before that time and have not been answered. */
    unansweredSince(time: number): number {
      let count = 0
      for (const wait of waits.values()) {
        if (wait.since > time) break
        if (!isAnswered(wait) && !isOver(wait.about)) count++
      }
      return count
    },
    clear: () => waits.clear(),
  }
}
