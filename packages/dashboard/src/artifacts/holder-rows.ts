import type { Growth, Holder, HoldersEvidence } from '@autodump/core'
import { shortFile } from '../compare/profiles.ts'
import { formatBytes } from '../ui/format.ts'

export interface ClassRow {
  name: string
  count: number
  bytes: number
  /** Since the snapshot before; 0 where there is none, or where the class did not change. */
  grewCount: number
  grewBytes: number
}

/** The largest classes. One that grew and is not among them is left out: its size is not known. */
export function classRows({ classes, growth }: Pick<HoldersEvidence, 'classes' | 'growth'>): ClassRow[] {
  const grew = new Map(growth?.classes.map(one => [one.name, one]))
  return classes.map(({ name, count, bytes }) => {
    const { count: grewCount = 0, bytes: grewBytes = 0 } = grew.get(name) ?? {}
    return { name, count, bytes, grewCount, grewBytes }
  })
}

export type GrownHolder = Growth['holders'][number]

export const grown = ({ holders }: Growth): GrownHolder[] => holders.filter(({ bytes }) => bytes !== 0)

const sign = (value: number) => (value > 0 ? '+' : value < 0 ? '−' : '')

export const signedBytes = (bytes: number): string => `${sign(bytes)}${formatBytes(Math.abs(bytes))}`

export const signedCount = (count: number): string => `${sign(count)}${Math.abs(count).toLocaleString('en')}`

const kinds: Record<Holder['anchor']['kind'], string> = {
  module: 'variable of a module',
  closure: 'variable that functions share',
  suspended: 'variable of an async function that waits',
  global: 'property of globalThis',
  running: 'variable of a function that runs',
  unknown: 'held by Node or V8',
}

/** E.g. `variable of a module, shop/src/cache.js:3`. */
export function anchorInWords({ kind, place, functions }: Holder['anchor']): string {
  const file = place && shortFile(place.file)
  const where = file && (place.line ? `${file}:${place.line}` : file)
  return [kinds[kind] ?? kind, where, functions.length > 0 && `used by ${functions.join(', ')}`]
    .filter(Boolean)
    .join(', ')
}
