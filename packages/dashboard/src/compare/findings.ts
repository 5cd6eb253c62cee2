import type { Finding } from '../api/types.ts'
import { groupBy } from '../dump/group.ts'

export interface ComparedFindings {
  onlyA: Finding[]
  onlyB: Finding[]
  /** Found in both, with other figures perhaps. */
  both: { a: Finding; b: Finding }[]
}

/** Which findings the dumps share: those that say the same of the same function, route or target, in any figures. */
export function compareFindings(a: Finding[], b: Finding[]): ComparedFindings {
  const left = groupBy(b, subject)
  const compared: ComparedFindings = { onlyA: [], onlyB: [], both: [] }
  for (const finding of a) {
    const same = left.get(subject(finding))?.shift()
    if (same) compared.both.push({ a: finding, b: same })
    else compared.onlyA.push(finding)
  }
  // The rest, in its own order.
  const unmatched = new Set([...left.values()].flat())
  compared.onlyB = b.filter(finding => unmatched.has(finding))
  return compared
}

/** The subject of a finding. */
function subject({ kind, text, data = {} }: Finding): string {
  const about = isPlace(data.function) ? data.function : data
  const named = ['name', 'file', 'method', 'route', 'target', 'metric', 'rule', 'cause'].flatMap(field => {
    const value = about[field]
    return typeof value === 'string' ? [value] : []
  })
  return [kind, ...(named.length > 0 ? named : [text.replace(/\d[\d.,]*/g, '0')])].join('\0')
}

const isPlace = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
