import type { Manifest } from '../api/types.ts'
import type { Row } from './figures.ts'

/** A difference of shares that is not noise: a profile of some seconds has a few hundred samples. */
const least = 0.05

/**
 * The difference, in one sentence: the function whose share of the busy time changed most. Growth is told before
 * decline, because shares add up to 100%: where one grows the others fall.
 *
 * @param sides how A and B are called within a sentence, e.g. `in 1.8.2`
 */
export function verdictOf(rows: readonly Row[], [inA, inB]: [string, string]): string {
  const changed = rows.filter(({ change }) => Math.abs(change) >= least)
  const [grew] = changed.filter(({ change }) => change > 0).sort((x, y) => y.change - x.change)
  const [fell] = changed.sort((x, y) => x.change - y.change)
  const row = grew ?? fell
  if (!row) return 'No function takes a clearly different share of the busy time.'
  const name = row.place ? `${row.name} (${row.place})` : row.name
  return `${name} takes ${percent(row.b)} ${inB}, ${percent(row.a)} ${inA}.`
}

/** Whether two dumps show one fault. */
export function faultsInWords(a: Pick<Manifest, 'fault'>, b: Pick<Manifest, 'fault'>): string {
  if (a.fault && b.fault)
    return a.fault.fingerprint === b.fault.fingerprint
      ? `Both show one fault: ${b.fault.title}.`
      : `Two faults: ${a.fault.title} in A, ${b.fault.title} in B.`
  if (a.fault) return `Only A shows a fault: ${a.fault.title}.`
  if (b.fault) return `Only B shows a fault: ${b.fault.title}.`
  return 'Neither dump accuses anything.'
}

const percent = (share: number) => `${Math.round(share * 100)}%`
