import { groupBy } from '../dump/group.ts'

/** How much of something one dump has: the time of a function, the bytes it holds, the requests of a route. */
export interface Figure {
  name: string
  /** Where it is, e.g. `server.js:7`; empty where that says nothing. */
  place: string
  value: number
  /** The same in both dumps if nothing was changed in between. */
  exact: string
  /** The same although lines have moved. */
  loose: string
}

/** One line of a comparison. A figure that a dump does not have is 0 there. */
export interface Row {
  name: string
  place: string
  a: number
  b: number
  /** `b - a` */
  change: number
}

export type Column = 'name' | 'a' | 'b' | 'change'

/**
 * Puts equal entries of both into one row. A function that has moved by some lines, as in a new release, is the same
 * where only one on each side can be meant.
 */
export function compareFigures(a: Figure[], b: Figure[]): Row[] {
  const ofA = summed(a)
  const ofB = summed(b)
  const pairs: [Figure | undefined, Figure | undefined][] = []
  for (const [exact, figure] of ofA) {
    const other = ofB.get(exact)
    if (!other) continue
    pairs.push([figure, other])
    ofA.delete(exact)
    ofB.delete(exact)
  }
  const movedFrom = byLoose(ofA)
  const movedTo = byLoose(ofB)
  for (const [loose, from] of movedFrom) {
    const to = movedTo.get(loose) ?? []
    if (from.length === 1 && to.length === 1) {
      pairs.push([from[0], to[0]])
      movedTo.delete(loose)
    } else pairs.push(...from.map((one): [Figure, undefined] => [one, undefined]))
  }
  for (const to of movedTo.values()) pairs.push(...to.map((one): [undefined, Figure] => [undefined, one]))
  return pairs.map(rowOf)
}

/** By name in the order of the alphabet, by a figure the largest first; by change the largest in either direction. */
export function sortRows(rows: Row[], column: Column, reversed = false): Row[] {
  const order: Record<Column, (x: Row, y: Row) => number> = {
    name: (x, y) => x.name.localeCompare(y.name) || x.place.localeCompare(y.place),
    a: (x, y) => y.a - x.a,
    b: (x, y) => y.b - x.b,
    change: (x, y) => Math.abs(y.change) - Math.abs(x.change),
  }
  const sorted = rows.toSorted((x, y) => order[column](x, y) || y.a + y.b - x.a - x.b)
  return reversed ? sorted.reverse() : sorted
}

function summed(figures: Figure[]): Map<string, Figure> {
  const found = new Map<string, Figure>()
  for (const figure of figures) {
    const same = found.get(figure.exact)
    if (same) same.value += figure.value
    else found.set(figure.exact, { ...figure })
  }
  return found
}

const byLoose = (figures: Map<string, Figure>) => groupBy(figures.values(), ({ loose }) => loose)

function rowOf([a, b]: [Figure | undefined, Figure | undefined]): Row {
  const { name, place } = (b ?? a) as Figure
  const before = a?.value ?? 0
  const after = b?.value ?? 0
  return { name, place, a: before, b: after, change: after - before }
}
