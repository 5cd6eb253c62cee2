import type { Growth, Holder, Holders } from '../model/holders.js'

const mostShown = 20

/** A holder of both snapshots is known by its path and its place: lines move only when the code does. */
const keyOf = ({ path, class: name, anchor }: Holder) =>
  [path, name, anchor.kind, anchor.place?.file ?? '', anchor.kind === 'module' ? '' : anchor.place?.function].join('\0')

/** The growth between two snapshots of a program, the largest first. */
export function compareHolders(earlier: Holders, later: Holders, ms: number | null): Growth {
  const classes = new Map(earlier.classes.map(one => [one.name, one]))
  const holders = new Map(earlier.holders.map(one => [keyOf(one), one]))
  // The smallest class that is listed bounds those that are not.
  const unlisted = earlier.classes.at(-1)?.bytes ?? 0
  return {
    ms,
    bytes: later.bytes - earlier.bytes,
    classes: later.classes
      .flatMap(({ name, count, bytes }) => {
        const before = classes.get(name)
        if (!before && bytes <= unlisted) return []
        return { name, count: count - (before?.count ?? 0), bytes: bytes - (before?.bytes ?? 0) }
      })
      .filter(({ bytes }) => bytes > 0)
      .sort((a, b) => b.bytes - a.bytes)
      .slice(0, mostShown),
    holders: later.holders
      .map(one => {
        const before = holders.get(keyOf(one))
        const entries = one.entries === null ? null : one.entries - (before?.entries ?? 0)
        return { path: one.path, entries, bytes: one.bytes - (before?.bytes ?? 0) }
      })
      .filter(({ bytes }) => bytes > 0)
      .sort((a, b) => b.bytes - a.bytes),
  }
}
