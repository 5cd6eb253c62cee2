import type { EngineStatus } from '../http/idle-status.js'
import { monotonic } from '../lib/clock/monotonic.js'
import type { Block } from '../link/block.js'
import type { Events } from '../link/events.js'
import { readStart } from '../link/start.js'
import type { Decision } from '../model/decision.js'
import type { ResolvedOptions } from '../model/options.js'
import type { Sample } from '../model/sample.js'
import { createPileUpDetector } from '../rules/pile-up.js'
import { ruleNames } from '../rules/table.js'
import { createCaptureShadow } from './capture-shadow.js'
import type { Dumper } from './dumper.js'
import type { EngineHost } from './engine-host.js'
import type { HeapAlarm } from './memory/heap-alarm.js'
import { createTidying } from './memory/own-heap.js'
import type { MetricRules } from './metric-rules.js'
import type { createReadings } from './metrics/readings.js'
import type { SampleRing } from './sample-ring.js'

export interface SampleRoundParts {
  options: ResolvedOptions
  host: Pick<EngineHost, 'beforeFiles' | 'beforeSample' | 'emit' | 'tidy'>
  block: Block
  readings: ReturnType<typeof createReadings>
  ring: SampleRing
  rules: MetricRules
  dumper: Dumper
  heapAlarm: HeapAlarm
  events: Events
  /** Makes a dump of the rules that fire, at this monotonic time. */
  fire(decisions: Decision[], sample: Sample, now: number): void
  status(sample: Sample): EngineStatus
  /** A sample was taken. */
  sampled(): void
  contained(what: string, work: () => void): void
}

/** The way of one sample: read, kept, judged, a dump where a rule fires, told to both threads. */
export function createSampleRound(parts: SampleRoundParts): () => void {
  const { options, host, block, readings, ring, rules, dumper, heapAlarm, events, fire, status, contained } = parts
  const { sampler, descriptors } = readings
  const isPileUp = createPileUpDetector()
  const inShadow = createCaptureShadow(options.interval, monotonic())
  const isTimeToTidy = createTidying(monotonic())
  let seenEnd = 0
  let wasStarting = false

  /** A sample with the circumstances in which it was taken. */
  function read(now: number): Sample {
    const start = readStart(block, now)
    const isStarting = start !== null && !start.isOverdue
    if (wasStarting && start === null) sampler.cut()
    wasStarting = isStarting
    const sample = sampler.sample()
    if (isStarting) sample.starting = true
    const end = dumper.endedAt()
    const capturing = inShadow(now, { inProgress: dumper.current() !== null, endedAt: end })
    if (end !== seenEnd) {
      seenEnd = end
      rules.captureEnded()
    }
    if (capturing) sample.capturing = true
    return sample
  }

  function judge(sample: Sample, now: number): Decision[] {
    const decisions = rules.judge(sample, {
      now,
      capturing: sample.capturing === true,
      starting: sample.starting === true,
      collected: block.take('collected') === 1,
      live: sampler.live(),
    })
    const heapLeak = rules.decisionOf('heap')?.rules.leak.state
    block.store('watchingLive', heapLeak === 'quiet' || heapLeak === 'warming-up' ? 1 : 0)
    return decisions
  }

  function tick(): void {
    host.beforeFiles?.()
    host.beforeSample?.()
    // A sample has the wall-clock time, which may be set at any time. All durations use this monotonic clock.
    const now = monotonic()
    const sample = read(now)
    parts.sampled()
    const blockedFor = sample.blockedFor ?? 0
    ring.push(sample, now)
    if (blockedFor >= options.cpuProfile.blockedDuration) dumper.appBlocked()

    if (!dumper.current()) contained('hold descriptors in reserve', descriptors.atRest)
    block.store('following', isPileUp(sample.values, rules.thresholds(), now) ? 1 : 0)

    const before = rules.decisions()
    const decisions = judge(sample, now)
    fire(decisions, sample, now)
    heapAlarm.look(sample.values.heap, blockedFor)
    const changed = decisions.filter((decision, index) => decision.fire || isNews(before[index], decision))
    host.emit({ event: 'tick', status: JSON.stringify(status(sample)), decisions: changed })
    for (const decision of changed) events.emit('decision', decision)
    events.emit('sample', sample)
    const work = { inProgress: dumper.current() !== null, endedAt: dumper.endedAt(), blockedFor }
    if (host.tidy && isTimeToTidy(now, work)) contained('give memory back', host.tidy)
  }

  return tick
}

/** Whether the state of a rule has changed since the sample before. */
function isNews(before: Decision | undefined, now: Decision): boolean {
  return ruleNames.some(rule => before?.rules[rule].state !== now.rules[rule].state)
}
