import type { BucketReplay, Sample } from '@autodump/core'
import { patchThresholds } from '@autodump/core/analysis'
import { defaultThresholds, type Replay, replay as replaySeries, resample } from '@autodump/core/rules'
import { askJson } from '../answers.js'
import { type BucketOptions, bucketTarget } from '../bucket-target.js'
import { clean, cleanDeep } from '../clean.js'
import { CliError } from '../errors.js'
import { duration, time } from '../format.js'
import type { Output } from '../output.js'
import { readSamples, readText } from '../samples.js'

export interface ReplayOptions extends BucketOptions {
  service?: string
  of?: string
  dumps?: number
  thresholds?: string
  metric?: string
  interval?: number
  history?: number
  warmup?: number
}

/** The other settings in a file of thresholds, or of options with `thresholds` in it. */
interface Settings {
  thresholds?: unknown
  history?: number
  warmup?: number
  cpuProfile?: { duration?: number }
  limits?: { maxPerHour?: number }
}

export async function replay(path: string | undefined, options: ReplayOptions, output: Output): Promise<void> {
  if (path === undefined) return replayBucket(options, output)
  if (options.bucket !== undefined) throw new CliError('usage', 'name a file of samples or a bucket, not both')
  const recorded = await readSamples(path, options)
  const samples = options.interval === undefined ? recorded : resample(recorded, options.interval)
  const settings = options.thresholds === undefined ? {} : await readSettings(options.thresholds)
  const history = options.history ?? settings.history ?? 10
  const found = replaySeries(samples, {
    thresholds: patchThresholds(defaultThresholds(customMetrics(samples)), settings.thresholds ?? {}),
    history,
    warmup: options.warmup ?? settings.warmup ?? history,
    captureDuration: settings.cpuProfile?.duration ?? 5000,
    maxPerHour: settings.limits?.maxPerHour ?? 30,
  })
  if (output.json) output.printJson(found)
  else say(cleanDeep(found), output)
}

/** The samples in the dumps of all processes. */
async function replayBucket(options: ReplayOptions, output: Output): Promise<void> {
  const { bucket, service, of: version, dumps, metric, interval } = options
  if (bucket === undefined) throw new CliError('usage', 'name a file of samples, or a bucket with --bucket')
  if (metric !== undefined || interval !== undefined)
    throw new CliError('usage', '--metric and --interval are about a file of samples')
  const settings = options.thresholds === undefined ? {} : await readSettings(options.thresholds)
  const history = options.history ?? settings.history
  const warmup = options.warmup ?? settings.warmup
  const body = JSON.stringify({
    ...{ service, version, dumps, history, warmup },
    ...(settings.thresholds !== undefined && { thresholds: settings.thresholds }),
  })
  const target = await bucketTarget(options, output)
  const headers = { 'content-type': 'application/json' }
  const found = await askJson<BucketReplay>(target, '/replay', { method: 'POST', headers, body })
  if (output.json) output.printJson(found)
  else sayBucket(cleanDeep(found), output)
}

function sayBucket({ looked, processes, totals, dumps, made, spared, notes }: BucketReplay, output: Output): void {
  const of = ({ service, version, instance }: BucketReplay['dumps'][number] | BucketReplay['spared'][number]) =>
    [service, version, instance].filter(Boolean).join(' ')
  for (const dump of dumps) {
    const what = output.paint('bold', `${dump.metric} ${dump.rule}`)
    output.print(`${time(Date.parse(dump.at))}  ${of(dump)}  ${what}  ${dump.reason}${dump.isThere ? '' : '; new'}`)
  }
  for (const dump of spared)
    output.print(output.paint('dim', `${time(Date.parse(dump.at))}  ${of(dump)}  ${dump.metric} ${dump.rule}  spared`))
  const counted = Object.entries(totals).map(([rule, count]) => `${rule} ${count}`)
  const total = Object.values(totals).reduce((sum, count) => sum + count, 0)
  output.print(
    `${looked} dumps of ${processes} processes: ${total === 0 ? 'no dump' : `${total} dumps (${counted.join(', ')})`} with these thresholds; of ${made} that rules made ${spared.length} would be spared`,
  )
  for (const note of notes) output.note(`note: ${note}`)
}

function say({ samples, from, to, firings, totals, notes }: Replay, output: Output): void {
  for (const { at, metric, rule, reason, limited } of firings) {
    const what = output.paint(limited ? 'dim' : 'bold', `${metric} ${rule}`)
    output.print(`${time(at)}  ${what}  ${reason}${limited ? '; not dumped: the quota is used up' : ''}`)
  }
  const counted = Object.entries(totals).map(([rule, count]) => `${rule} ${count}`)
  const dumps = firings.filter(({ limited }) => !limited).length
  output.print(
    `${samples} samples over ${duration((to ?? 0) - (from ?? 0))}: ${dumps === 0 ? 'no dump' : `${dumps} ${dumps === 1 ? 'dump' : 'dumps'} (${counted.join(', ')})`}`,
  )
  for (const note of notes) output.note(`note: ${note}`)
}

/** All that a sample has and autodump does not bring along was a metric of the application. */
function customMetrics(samples: Sample[]): string[] {
  const known = defaultThresholds([])
  return [...new Set(samples.flatMap(({ values }) => Object.keys(values)))].filter(name => !Object.hasOwn(known, name))
}

async function readSettings(path: string): Promise<Settings> {
  const text = await readText(path)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new CliError('usage', `${clean(path)} is not JSON`)
  }
  // Options of a program have its thresholds in a member of that name.
  const isOptions = typeof value === 'object' && value !== null && 'thresholds' in value
  return isOptions ? (value as Settings) : { thresholds: value }
}
