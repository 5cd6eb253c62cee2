import { markOf, maxTerminationBytes } from '../../lib/termination-file.js'
import { cutBytes, oneLine } from '../../lib/text.js'
import { duration, withUnit } from '../../lib/units.js'
import { headlineOf } from '../../model/headline.js'
import type { Manifest } from '../../model/manifest.js'
import { builtinMetrics, type Unit } from '../../model/metric.js'
import type { RequestsEvidence } from '../../model/request-table.js'
import type { Sample } from '../../model/sample.js'
import type { Status } from '../../model/status.js'

/** Milliseconds. */
const blockedFrom = 1000

/** Percent of its limit from which memory is nearly full. */
const nearLimit = 90

const maxRoutes = 8

/** Bytes of a line. A sentence may be long, and the figures below it are worth as much. */
const maxLine = 800

/** An address that is cut leads nowhere. */
const maxUrl = 1024

export interface Scene {
  pid: number
  labels: Record<string, string>
  headline: string
  /** The newest dump that this process made. */
  dump: Pick<Manifest, 'id' | 'createdAt' | 'summary'> | null
  /** Where its evidence is in the bucket. */
  url: string | null
  /** The last note of the app thread, and its time (epoch milliseconds). */
  requests: (Pick<RequestsEvidence, 'total' | 'groups'> & { at: number }) | null
  /** The newest first. */
  samples: Sample[]
}

/** The trouble of the process right now, in words; `null` if there is none. */
export function sayTrouble({ blockedFor, capture, sample, metrics }: Pick<Status, TroubleFields>): string | null {
  const rules = Object.entries(metrics).flatMap(([metric, { rules }]) =>
    Object.entries(rules).map(([rule, verdict]) => ({ metric, rule, ...verdict })),
  )
  const loud = rules.find(({ state }) => state === 'firing' || state === 'holding')
  const full = (['rss', 'heap'] as const).find(metric => (sample?.values[metric] ?? 0) >= nearLimit)
  if (capture?.firstSummary) return headlineOf(capture.firstSummary)
  if (blockedFor >= blockedFrom) return `the event loop has been blocked for ${duration(blockedFor)}`
  if (full) return `${full} is at ${Math.round(sample?.values[full] ?? 0)}% of its limit`
  if (capture) return `a dump is being captured: ${capture.trigger.reason}`
  return loud ? `${loud.metric} ${loud.rule}: ${loud.reason}` : null
}

type TroubleFields = 'blockedFor' | 'capture' | 'sample' | 'metrics'

/** The text for `kubectl describe pod`: whole lines, the most important first, at most 4 KiB. */
export function describeScene({ pid, labels, headline, dump, url, requests, samples }: Scene): string {
  const names = Object.entries(labels).map(([name, value]) => `${name}=${value}`)
  const lines = [
    `${markOf(pid)}${headline}`,
    ...(dump ? [`dump ${dump.id}: ${oneLine(dump.summary.text)}`] : []),
    ...(url && url.length <= maxUrl ? [`evidence: ${url}`] : []),
    ...(names.length > 0 ? [`labels: ${cutBytes(names.join(', '), 300)}`] : []),
    ...sayRequests(requests, dump),
    ...(samples.length > 0 ? ['last samples:', ...samples.map(saySample)] : []),
  ]
  let text = ''
  for (const line of lines) {
    const next = `${text}${line.startsWith('evidence: ') ? line : cutBytes(oneLine(line), maxLine)}\n`
    if (Buffer.byteLength(next) > maxTerminationBytes) break
    text = next
  }
  return text
}

/** A dump can ask in the middle of a block; the note is from before it. */
function sayRequests(requests: Scene['requests'], dump: Scene['dump']): string[] {
  const found = dump?.summary.findings.filter(({ kind }) => kind === 'request-group') ?? []
  if (dump && found.length > 0 && Date.parse(dump.createdAt) >= (requests?.at ?? 0))
    return found.map(({ text }) => text)
  return requests ? [sayNoted(requests)] : []
}

function sayNoted({ total, groups }: NonNullable<Scene['requests']>): string {
  const shown = groups
    .slice(0, maxRoutes)
    .map(({ count, method, route, oldestAgeMs }) => `${count} × ${method} ${route} (oldest ${duration(oldestAgeMs)})`)
  if (groups.length > maxRoutes) shown.push(`and ${groups.length - maxRoutes} other routes`)
  return `requests in flight: ${total}${shown.length > 0 ? `: ${shown.join(', ')}` : ''}`
}

function saySample({ at, values, blockedFor }: Sample): string {
  const figures = Object.entries(values).flatMap(([metric, value]) => {
    const unit: Unit = Object.hasOwn(builtinMetrics, metric)
      ? builtinMetrics[metric as keyof typeof builtinMetrics].unit
      : 'value'
    return value === null ? [] : [`${metric} ${withUnit(value, unit)}`]
  })
  const blocked = blockedFor ? [`blocked for ${duration(blockedFor)}`] : []
  return cutBytes(`${new Date(at).toISOString()} ${[...blocked, ...figures].join(', ')}`, 400)
}
