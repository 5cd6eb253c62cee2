import { evidenceKinds, shortDuration as formatDuration, metricInfo, ruleOf } from '@autodump/core/rules'
import type { CaptureKind, Unit } from '../api/types.ts'

export { listedSize as formatBytes, shortDuration as formatDuration } from '@autodump/core/rules'

/** A value in the unit of its metric, e.g. `31%`, `420 ms`, `1,204`; `–` where there is no reading. */
export function formatValue(value: number | null | undefined, unit: Unit | null): string {
  if (value === null || value === undefined) return '–'
  if (unit === 'percent') return `${short(value)}%`
  return unit === 'ms' ? formatDuration(value) : short(value)
}

/** With so many decimals; made once, for they are dear and the live view writes hundreds of figures a second. */
const decimals = [0, 1, 2].map(maximumFractionDigits => new Intl.NumberFormat('en', { maximumFractionDigits }))

/** Three digits that count, thousands apart. */
function short(value: number): string {
  const size = Math.abs(value)
  return (decimals[size >= 100 ? 0 : size >= 10 ? 1 : 2] as Intl.NumberFormat).format(value)
}

/** E.g. `2.0%`. @param share 0 to 1 */
export const formatShare = (share: number): string => `${(share * 100).toFixed(1)}%`

/** In whole seconds, for counters. */
export const seconds = (ms: number) => formatDuration(Math.max(1000, Math.round(ms / 1000) * 1000))

type Moment = string | number

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })
const dateTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

/** Local, e.g. `20:31:05`. */
export const formatClock = (at: Moment) => clock.format(new Date(at))

/** Local, e.g. `28 Nov 2026, 20:31:05`. */
export const formatDateTime = (at: Moment) => dateTime.format(new Date(at))

/** E.g. `2026-11-28 20:31:05.123 UTC`. */
export const formatUtc = (at: Moment) => new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC')

const agoUnits: [ms: number, name: string][] = [
  [86_400_000, 'day'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
]

/** E.g. `just now`, `12 s ago`, `3 days ago`, `in 5 s`. */
export function ago(at: Moment, now: number): string {
  const ms = now - new Date(at).getTime()
  if (Math.abs(ms) < 3000) return 'just now'
  const [size, name] = agoUnits.find(([size]) => Math.abs(ms) >= size) as [number, string]
  const count = Math.floor(Math.abs(ms) / size)
  const words = `${count} ${name}${name === 'day' && count > 1 ? 's' : ''}`
  return ms > 0 ? `${words} ago` : `in ${words}`
}

/** A custom metric keeps the name that its application gave it. */
export const metricTitle = (name: string): string => metricInfo(name).title

/** The other names of a dump beside those of the rules. */
const otherTitles: Record<string, string> = { manual: 'By hand', crash: 'Crash' }

export const ruleTitle = (rule: string): string => ruleOf(rule)?.title ?? otherTitles[rule] ?? rule

/** A newer server may know kinds that this page does not. */
export const kindTitle = (kind: CaptureKind) => (Object.hasOwn(evidenceKinds, kind) ? evidenceKinds[kind].title : kind)
