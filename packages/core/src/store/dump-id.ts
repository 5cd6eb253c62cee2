const pattern =
  /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(\d{1,10})-(?:[a-z]{1,32}|[A-Za-z][A-Za-z0-9_]{0,63}-[a-z]{1,32})(?:-[1-9]\d{0,5})?$/

/** Whether a value has the form of a dump's id: letters, digits, `_` and `-` only, so it is one name in a directory. */
export function isDumpId(value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value)
}

/**
 * `20261124T013512123Z-<pid>-<metric>-<rule>`, without metric `20261124T013512123Z-<pid>-<rule>`. From the second one
 * on, it ends with `count`.
 */
export function makeDumpId(now: number, pid: number, metric: string | null, rule: string, count = 1): string {
  const time = new Date(now).toISOString().replace(/[-:.]/g, '')
  const what = metric === null ? rule : `${metric}-${rule}`
  return `${time}-${pid}-${what}${count > 1 ? `-${count}` : ''}`
}

/** Epoch milliseconds in a dump's id. */
export function dumpTime(id: string): number {
  const [year, month, day, hours, minutes, seconds, ms] = partsOf(id)
  return Date.UTC(year, month - 1, day, hours, minutes, seconds, ms)
}

export function dumpPid(id: string): number {
  return partsOf(id)[7]
}

type Parts = [number, number, number, number, number, number, number, number]

const partsOf = (id: string) => (pattern.exec(id) ?? []).slice(1).map(Number) as Parts

/** Dumps that are being written, and dumps that are being removed, have hidden names. */
const writing = '.tmp-'

const removing = '.del-'

export const temporaryName = (id: string): string => writing + id

export const removedName = (id: string, unique: string): string => `${removing}${id}.${unique}`

/** The kind of a hidden directory, by its name; `undefined` for any directory that is not ours. */
export function readHiddenName(name: string): { id: string; kind: 'writing' | 'removing' } | undefined {
  const kind = name.startsWith(writing) ? 'writing' : name.startsWith(removing) ? 'removing' : undefined
  if (!kind) return undefined
  const id = kind === 'writing' ? name.slice(writing.length) : name.slice(removing.length).replace(/\.[0-9a-f]+$/, '')
  return isDumpId(id) ? { id, kind } : undefined
}
