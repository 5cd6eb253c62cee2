import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withOurStacks } from './async-stacks/promise-watch.js'
import { ownDirectory } from './installed-package.js'

/** A part of a script that is ours. Lines and columns from 1, both ends included. */
export interface Region {
  /** As stacks name the script: a path or a URL. */
  script: string
  from: [line: number, column: number]
  to: [line: number, column: number]
}

const key = Symbol.for('autodump.own')

/**
 * App thread: where our modules lie in the app's bundle; none where they are files of their own, which shows by where this
 * code runs: webpack says of its bundle that it is the file that it was made of. See `mark.mjs`.
 */
export function ownRegions(own = ownDirectory): Region[] {
  try {
    const [here] = withOurStacks(() => [positionOf(new Error())])
    if (own !== null && here && pathOf(here[0]).startsWith(join(own, sep))) return []
    const marks = (globalThis as { [key]?: Error[][] })[key] ?? []
    return withOurStacks(() => marks.map(regionOf)).filter(region => region !== null)
  } catch {
    return [] // `Error` is frozen (`--frozen-intrinsics`), so stacks cannot be asked for positions.
  }
}

const pathOf = (script: string) => (script.startsWith('file:') ? fileURLToPath(script) : script)

type Position = [script: string, line: number, column: number]

function regionOf(marks: Error[]): Region | null {
  const positions = marks.map(positionOf).filter(position => position !== null)
  const [first] = positions
  if (!first || positions.length < marks.length) return null
  const [script] = first
  const sorted = positions
    .filter(position => position[0] === script)
    .map(([, line, column]): Region['from'] => [line, column])
    .sort(compare)
  return { script, from: sorted[0] as Region['from'], to: sorted.at(-1) as Region['to'] }
}

/** As `withOurStacks` spells stacks out; `null` where somebody else has done so before. */
function positionOf({ stack }: Error): Position | null {
  const [top] = (Array.isArray(stack) ? stack : []) as [name: string, url: string, line: number, column: number][]
  return top ? [top[1], top[2], top[3]] : null
}

const compare = (a: Region['from'], b: Region['from']): number => a[0] - b[0] || a[1] - b[1]

/** Whether that position of a script lies in one of them. */
export const isWithin = (regions: readonly Region[], script: string, line: number, column: number): boolean =>
  regions.some(
    ({ script: own, from, to }) =>
      own === script && compare(from, [line, column]) <= 0 && compare([line, column], to) <= 0,
  )
