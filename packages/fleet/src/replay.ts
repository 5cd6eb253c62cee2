import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BucketReplay, DumpMoment, ReplayedDump, ReplayRequest, Thresholds } from '@autodump/core'
import { patchThresholds } from '@autodump/core/analysis'
import { matcherOf } from '@autodump/core/control'
import {
  defaultThresholds,
  type Firing,
  type Replay,
  type ReplayOptions,
  replaySteps,
  ruleNames,
  rules,
} from '@autodump/core/rules'
import { readWhile } from './at-once.js'
import type { Catalogue } from './catalogue.js'
import { bytesOf, metricsOf } from './compact-samples.js'
import type { DumpSamples } from './dump-samples.js'
import { fleetId } from './fleet-id.js'
import type { Listed } from './listed.js'
import { type Timeline, timelinesOf } from './timelines.js'

interface Parts {
  catalogue: Pick<Catalogue, 'all'>
  samplesOf(listed: Listed): Promise<DumpSamples | null>
  /** Milliseconds. @default performance.now */
  clock?: () => number
}

const usualDumps = 200
/** Milliseconds of reading. */
const patience = 20_000
/** Bytes of samples: about 1,200 dumps with two minutes each. */
const mostBytes = 16 * 1024 ** 2
const mostListed = 500
/** Milliseconds of a capture, and dumps in an hour: the defaults of a process. */
const ofProcess = { captureDuration: 5000, maxPerHour: 30 }
/** Milliseconds around a dump: one within them is of the same moment. */
const sameMoment = 10_000

/**
 * The dumps that other thresholds would have made from the samples in the newest dumps of a bucket, one replay at a
 * time.
 */
export function createReplay({ catalogue, samplesOf, clock = () => performance.now() }: Parts) {
  let turn: Promise<unknown> = Promise.resolve()

  async function run(request: ReplayRequest, signal?: AbortSignal): Promise<BucketReplay> {
    const { thresholds: patch = {}, dumps: most = usualDumps, history = 10, warmup = history, ...named } = request
    const matching = (await catalogue.all()).filter(
      matcherOf<Listed>(
        named,
        one => one,
        () => '',
      ),
    )
    const wanted = matching.slice(0, most)
    const until = clock() + patience
    let bytes = 0
    let unreadable = 0
    const found: DumpSamples[] = []
    const looked = await readWhile(wanted, async listed => {
      signal?.throwIfAborted()
      const one = await samplesOf(listed)
      if (one) found.push(one)
      else unreadable++
      bytes += one ? bytesOf(one.samples) : 0
      return bytes < mostBytes && clock() < until
    })
    const timelines = timelinesOf(found)
    const thresholds = thresholdsFor(found, patch)
    const notes = new Set<string>()
    const replayed: ReplayedDump[] = []
    const spared: DumpMoment[] = []
    let made = 0
    for (const timeline of timelines) {
      const settings = { thresholds, history, warmup, ...ofProcess, gaps: timeline.gaps }
      const { firings, notes: more } = await inTurns(timeline, settings, signal)
      for (const note of more) notes.add(note)
      const happened = firings.filter(({ limited }) => !limited)
      const there = timeline.dumps.filter(isReplayed)
      made += there.length
      replayed.push(...happened.map(firing => replayedDump(firing, timeline, there)))
      spared.push(...there.filter(dump => !happened.some(({ at }) => isNear(at, dump.at))).map(momentOf))
    }
    const span = spanOf(timelines)
    return {
      ...{ matching: matching.length, looked, processes: timelines.length, ...span },
      samples: timelines.reduce((sum, { size }) => sum + size, 0),
      totals: totalsOf(replayed),
      dumps: newest(replayed),
      ...{ made, spared: newest(spared) },
      notes: [
        ...(looked < matching.length ? [`of ${matching.length} dumps the newest ${looked} were looked at`] : []),
        ...(looked < wanted.length ? ['reading stopped early: there are too many samples, or the store is slow'] : []),
        ...(unreadable > 0 ? [`${unreadable} dumps could not be read`] : []),
        ...(replayed.length > mostListed ? [`the newest ${mostListed} of ${replayed.length} are listed`] : []),
        'a bucket has samples of the time around dumps only: lower thresholds would make dumps at other times too',
        ...notes,
      ],
    }
  }

  return (request: ReplayRequest, signal?: AbortSignal): Promise<BucketReplay> => {
    const result = turn.then(() => run(request, signal))
    turn = result.catch(() => {})
    return result
  }
}

/** The server answers others meanwhile. */
async function inTurns(timeline: Timeline, settings: ReplayOptions, signal?: AbortSignal): Promise<Replay> {
  const steps = replaySteps(timeline, settings)
  for (;;) {
    await nextTurn()
    signal?.throwIfAborted()
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** All that a sample has and autodump does not bring along was a metric of an application. */
function thresholdsFor(found: readonly DumpSamples[], patch: object): Thresholds {
  const known = defaultThresholds([])
  const seen = new Set<string>()
  for (const { samples } of found) for (const name of metricsOf(samples)) seen.add(name)
  return patchThresholds(defaultThresholds([...seen].filter(name => !Object.hasOwn(known, name))), patch)
}

/** By hand, at a crash, and by rules that need more than samples, dumps are made with any thresholds. */
const replayedRules = new Set<string>(ruleNames.filter(name => !rules[name].notReplayed))
const isReplayed = ({ rule }: Listed) => replayedRules.has(rule)

const isNear = (a: number, b: number) => Math.abs(a - b) <= sameMoment

const momentOf = (listed: Listed): DumpMoment => ({
  at: new Date(listed.at).toISOString(),
  ...{ service: listed.service, version: listed.version, instance: listed.instance },
  ...{ metric: listed.metric, rule: listed.rule, id: fleetId(listed) },
})

function replayedDump(firing: Firing, { dumpOf }: Timeline, there: readonly Listed[]): ReplayedDump {
  const { at, metric, rule, value, threshold, unit, reason, sample } = firing
  const dump = there.find(one => isNear(one.at, at))
  const listed = dump ?? dumpOf(sample)
  return {
    ...{ ...momentOf(listed), at: new Date(at).toISOString(), metric, rule },
    ...{ value, threshold, unit, reason, isThere: dump !== undefined },
  }
}

function totalsOf(replayed: readonly ReplayedDump[]): Record<string, number> {
  const totals: Record<string, number> = {}
  for (const { metric, rule } of replayed) totals[`${metric}-${rule}`] = (totals[`${metric}-${rule}`] ?? 0) + 1
  return totals
}

const newest = <T extends DumpMoment>(all: T[]): T[] => all.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, mostListed)

function spanOf(timelines: readonly Timeline[]): { from: string | null; to: string | null } {
  if (timelines.length === 0) return { from: null, to: null }
  const text = (at: number) => new Date(at).toISOString()
  return {
    from: text(timelines.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY)),
    to: text(timelines.reduce((most, { to }) => Math.max(most, to), Number.NEGATIVE_INFINITY)),
  }
}
