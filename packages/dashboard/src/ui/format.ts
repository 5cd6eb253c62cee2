import { evidenceKinds } from '@autodump/core/rules'
import type { CaptureKind, Unit } from '../api/types.ts'

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

const byteUnits = ['B', 'KB', 'MB', 'GB', 'TB']

/** By 1024, e.g. `1.4 MB`. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log2(bytes) / 10))
  const size = bytes / 1024 ** power
  return `${size.toFixed(power === 0 || size >= 100 ? 0 : 1)} ${byteUnits[power]}`
}

/** E.g. `0.4 ms`, `350 ms`, `2.5 s`, `3 min 20 s`, `2 h 5 min`, `3 days`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${short(ms)} ms`
  if (ms < 10_000) return `${Number((ms / 1000).toFixed(1))} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return two(minutes, 'min', seconds % 60, 's')
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return two(hours, 'h', minutes % 60, 'min')
  return two(Math.floor(hours / 24), 'days', hours % 24, 'h')
}

/** In whole seconds, for what counts up. */
export const seconds = (ms: number) => formatDuration(Math.max(1000, Math.round(ms / 1000) * 1000))

const two = (much: number, unit: string, rest: number, part: string) =>
  rest > 0 ? `${much} ${unit} ${rest} ${part}` : `${much} ${unit}`

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

const metricTitles: Record<string, string> = {
  cpu: 'CPU',
  rss: 'Memory (RSS)',
  heap: 'Heap',
  eventLoopDelay: 'Event loop delay',
  eventLoopUtilization: 'Event loop utilization',
  inFlight: 'Requests in flight',
  gc: 'Garbage collection',
  handles: 'Handles',
}

/** A custom metric keeps the name that its application gave it. */
export const metricTitle = (name: string) => (Object.hasOwn(metricTitles, name) ? metricTitles[name] : name) as string

const ruleTitles: Record<string, string> = {
  spike: 'Spike',
  watermark: 'Watermark',
  leak: 'Leak',
  manual: 'By hand',
  crash: 'Crash',
}

export const ruleTitle = (rule: string) => ruleTitles[rule] ?? rule

/** A newer server may know kinds that this page does not. */
export const kindTitle = (kind: CaptureKind) => (Object.hasOwn(evidenceKinds, kind) ? evidenceKinds[kind].title : kind)
