import { CliError } from './errors.js'

type Fields = Record<string, unknown>
type Patch = Record<string, Fields | null>

/**
 * A merge patch from `cpu.watermark=70 heap.leak=null cpu.capture=cpu-profile,requests cpu=null`. Whether the fields and
 * values make sense is for the monitor to say.
 *
 * @throws CliError
 */
export function parseAssignments(texts: string[]): Patch {
  const patch: Patch = {}
  for (const text of texts) {
    const [, metric, field, value] = /^([A-Za-z]\w*)(?:\.([A-Za-z]+))?=(.+)$/s.exec(text) ?? []
    if (metric === undefined || value === undefined)
      throw new CliError('usage', `an assignment is like cpu.watermark=70 or cpu.spike=null, got ${text}`)
    if (Object.hasOwn(patch, metric) && (field === undefined || patch[metric] === null))
      throw new CliError('usage', `${metric} is reset and set at once`)
    if (field === undefined) {
      if (value !== 'null') throw new CliError('usage', `only ${metric}=null, which resets it, goes without a field`)
      patch[metric] = null
    } else patch[metric] = { ...patch[metric], [field]: field === 'capture' ? parseList(value) : parseValue(value) }
  }
  return patch
}

const parseList = (text: string) => (text === 'null' ? null : text.split(',').map(kind => kind.trim()))

/** Numbers, `true`, `false` and `null` are JSON; whatever else there is goes as it is, and the refusal names it. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export interface Change {
  /** E.g. `cpu.watermark`. */
  field: string
  before: unknown
  after: unknown
}

/** What has become different, field by field. */
export function changesOf(before: Record<string, object>, after: Record<string, object>): Change[] {
  return Object.entries(after).flatMap(([metric, fields]) =>
    Object.entries(fields).flatMap(([field, value]) => {
      const old = (before[metric] as Fields | undefined)?.[field]
      const same = JSON.stringify(old) === JSON.stringify(value)
      return same ? [] : [{ field: `${metric}.${field}`, before: old, after: value }]
    }),
  )
}

/** As it is written in an assignment. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return value.join(',')
  return value === undefined ? '-' : String(value)
}
