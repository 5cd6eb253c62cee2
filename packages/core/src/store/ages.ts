import { dumpTime } from './dump-id.js'

/** Age of a dump, in milliseconds. `now`: epoch milliseconds. */
export type AgeOf = (dump: { id: string }, now: number) => number

/**
 * The age of dumps by the clock of their names when they are first seen, and from then on by a clock that nobody sets.
 * So a clock that jumps ahead makes no dump old, and a corrected clock makes no earlier dump old. A dump from the
 * future was made before the clock was set back, at an unknown time: it counts from the moment it is first seen.
 *
 * @param steady milliseconds
 */
export function createAges(steady: () => number): AgeOf {
  const seen = new WeakMap<object, { age: number; at: number }>()
  return (dump, now) => {
    let first = seen.get(dump)
    if (!first) {
      first = { age: Math.max(0, now - dumpTime(dump.id)), at: steady() }
      seen.set(dump, first)
    }
    return first.age + steady() - first.at
  }
}
