import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownDirectory } from './installed-package.js'
import { withOurStacks } from './our-stacks.js'

/** A part of a script that is ours. Lines and columns from 1, both ends included. */
export interface Region {
  /** As stacks name the script: a path or a URL. */
  script: string
  from: [line: number, column: number]
  to: [line: number, column: number]
}

const key = Symbol.for('autodump.own')

/**
 * App thread: the places of our modules outside of this package: in the app's bundle, or in adapters that are linked
 * from elsewhere. Modules inside the package are known by their path. See `mark.mjs`.
 */
export function ownRegions(own = ownDirectory): Region[] {
  const isKnown = ({ script }: Region) => own !== null && pathOf(script).startsWith(join(own, sep))
  const marks = (globalThis as { [key]?: Error[][] })[key] ?? []
  try {
    return withOurStacks(() => marks.map(regionOf)).filter(region => region !== null && !isKnown(region)) as Region[]
  } catch {
    return [] // `Error` is frozen (`--frozen-intrinsics`), so stacks give no positions.
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

/** As `withOurStacks` spells stacks out; `null` if other code has done so before. */
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
