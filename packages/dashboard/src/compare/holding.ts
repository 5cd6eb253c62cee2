import type { HoldersEvidence } from '@autodump/core'
import { formatBytes } from '../ui/format.ts'
import type { Figure, Row } from './figures.ts'
import { shortFile } from './profiles.ts'

/** Those parts of `holders.json` that are compared. */
export type Held = Pick<HoldersEvidence, 'holders' | 'classes'>

/** A smaller difference, in bytes, is no verdict. */
const least = 1024 ** 2

/** The bytes that each holder keeps alive; of several dumps the most that it kept in one of them. */
export function holderFigures(held: readonly Held[]): Figure[] {
  return largest(
    held.flatMap(({ holders }) =>
      holders.map(({ path, bytes, anchor: { place }, ...holder }) => {
        const file = place?.file ?? ''
        const at = file && `${shortFile(file)}${place?.line ? `:${place.line}` : ''}`
        return {
          name: path,
          place: [holder.class, at].filter(Boolean).join(', '),
          value: bytes,
          exact: [path, holder.class, file, place?.function, place?.line].join('\0'),
          // A variable that became a Map is the same variable.
          loose: [path, file, place?.function].join('\0'),
        }
      }),
    ),
  )
}

/** The bytes of each class; of several dumps the most in one of them. */
export function classFigures(held: readonly Held[]): Figure[] {
  return largest(
    held.flatMap(({ classes }) =>
      classes.map(({ name, bytes }) => ({ name, place: '', value: bytes, exact: name, loose: name })),
    ),
  )
}

function largest(figures: Figure[]): Figure[] {
  const found = new Map<string, Figure>()
  for (const figure of figures)
    if (figure.value > (found.get(figure.exact)?.value ?? 0)) found.set(figure.exact, figure)
  return [...found.values()]
}

/**
 * What grew, in one sentence; only if nothing did, what shrank.
 *
 * @param sides how A and B are called within a sentence, e.g. `in 1.8.2`
 */
export function holdersVerdict(rows: readonly Row[], [inA, inB]: [string, string]): string {
  const changed = rows.filter(({ change }) => Math.abs(change) >= least).sort((x, y) => y.change - x.change)
  const row = changed[0] && changed[0].change > 0 ? changed[0] : changed.at(-1)
  if (!row) return 'No object holds clearly more or less memory.'
  const { name, place, a, b } = row
  const holder = place ? `${name} (${place})` : name
  if (a === 0) return `${holder} is new: it holds ${formatBytes(b)} ${inB}.`
  if (b === 0) return `${holder} is gone: it held ${formatBytes(a)} ${inA}.`
  return `${holder} holds ${formatBytes(b)} ${inB}, ${formatBytes(a)} ${inA}.`
}

/** Why two sides cannot be compared, and what the one says that has holders. */
export function oneSided(a: readonly Held[], b: readonly Held[], [inA, inB]: [string, string]): string {
  const lacks = (where: string) => `none of the newest dumps ${where} says who holds the memory`
  const [known] = holderFigures([...a, ...b]).sort((x, y) => y.value - x.value)
  if (!known)
    return 'No holders to compare: none of the newest dumps on either side says who holds the memory (captures holders and heap-snapshot do).'
  const [inKnown, inOther] = a.length > 0 ? [inA, inB] : [inB, inA]
  const most = `${known.name} (${known.place}) holds ${formatBytes(known.value)} ${inKnown}`
  return `No holders to compare: ${lacks(inOther)}. ${most}.`
}
