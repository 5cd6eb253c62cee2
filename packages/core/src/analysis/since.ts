import { duration } from '../lib/units.js'
import type { Finding, TriggerInfo } from '../model/manifest.js'
import type { Sample } from '../model/sample.js'
import { judgedValue } from '../rules/judged-value.js'
import { ruleOf } from '../rules/table.js'

/**
 * Epoch milliseconds of the first sample over the line and of the sample before it, which was below; the count of
 * samples over it.
 */
export interface Since {
  at: number
  after: number | null
  samples: number
}

/**
 * Since when the metric has been over the line of the rule: back from the trigger to the first sample over it, by the
 * comparison of the rule. A watermark is reached; a spike lies above its line, which is 0 if the mean is 0. `null` if
 * the rule did not compare the value, or no sample shows it.
 */
export function sinceWhen(
  { metric, rule, value, threshold }: TriggerInfo,
  samples: readonly Sample[],
  at: number,
): Since | null {
  const { line = null, inclusive = false } = ruleOf(rule) ?? {}
  if (metric === null || threshold === null || line === null) return null
  const until = samples.filter(sample => sample.at <= at)
  const reached = inclusive ? threshold : (value ?? Number.POSITIVE_INFINITY)
  const isOver = ({ values }: Sample) => {
    const reading = judgedValue(values, metric) ?? Number.NEGATIVE_INFINITY
    return reading >= reached || reading > threshold
  }
  const below = until.findLastIndex(sample => !isOver(sample))
  const first = until[below + 1]
  return first ? { at: first.at, after: until[below]?.at ?? null, samples: until.length - below - 1 } : null
}

/** ` since 01:35:12 UTC`, and for how long if that is more than one sample. */
export function saySince(since: Since | null, at: number): string {
  if (!since) return ''
  const long = since.samples > 1 ? `, for ${duration(at - since.at)}` : ''
  const atLeast = since.after === null ? ' at least' : ''
  return ` since${atLeast} ${clock(since.at)}${long}`
}

export function findSince(trigger: TriggerInfo, since: Since, at: number): Finding {
  const { metric, threshold } = trigger
  const ms = at - since.at
  const long = since.samples === 1 ? 'for one sample' : `for ${since.samples} samples in ${duration(ms)}`
  const below = since.after === null ? 'no sample shows it below' : `it was below at ${clock(since.after)}`
  return {
    kind: 'since',
    text: `${metric} is over the line since ${clock(since.at)}, ${long}; ${below}`,
    data: { metric, threshold, since: iso(since.at), after: since.after === null ? null : iso(since.after), ms },
  }
}

/** The block that the dump is about. @param began epoch milliseconds @param lasts it is not over */
export function findBlock(ms: number, began: number, lasts = false): Finding {
  const long = lasts ? `has been blocked for ${duration(ms)} and still is` : `was blocked for at least ${duration(ms)}`
  const text = `the event loop ${long}, since ${clock(began)}`
  return { kind: 'event-loop-block', text, data: { ms, since: iso(began) } }
}

/** A block that began while the dump was captured. @param began epoch milliseconds */
export function findBlockAfter(ms: number, began: number): Finding {
  const text = `after the trigger the event loop was blocked for at least ${duration(ms)}, since ${clock(began)}`
  return { kind: 'event-loop-block-after', text, data: { ms, since: iso(began) } }
}

/** The blocks in the samples before the trigger, without the block that the trigger fell into. */
export function findBlocksBefore(samples: Sample[], at: number, blockedFor: number): Finding[] {
  const until = samples.filter(sample => sample.at < at - blockedFor)
  // Each sample shows a lasting block longer; the last sample of it shows the longest.
  const all = until.filter(({ blockedFor: ms = 0 }, index) => ms > 0 && ms >= (until[index + 1]?.blockedFor ?? 0))
  // One that began and ended in the capture of an earlier dump may be the pause that this capture made.
  const isCaptured = (block: Sample) =>
    until
      .filter(sample => sample.at > block.at - (block.blockedFor ?? 0) && sample.at <= block.at)
      .every(({ capturing = false }) => capturing)
  const others = all.filter(block => !isCaptured(block))
  const blocks = others.length > 0 ? others : all
  const [longest] = [...blocks].sort((a, b) => (b.blockedFor ?? 0) - (a.blockedFor ?? 0))
  const [first] = until
  if (!longest || !first) return []
  const times = blocks.length === 1 ? 'once,' : `${blocks.length} times, the longest`
  const during = others.length > 0 ? '' : ', while an earlier dump was captured'
  const ms = longest.blockedFor ?? 0
  return [
    {
      kind: 'event-loop-blocks-before',
      text: `in the ${duration(at - first.at)} before the trigger the event loop was seen blocked ${times} for at least ${duration(ms)} until ${clock(longest.at)}${during}`,
      data: { count: blocks.length, longestMs: ms, longestUntil: iso(longest.at), withinMs: at - first.at },
    },
  ]
}

const iso = (at: number) => new Date(at).toISOString()

/** `01:35:12 UTC`: the date is in the dump's name, and readers search logs by this time. */
const clock = (at: number) => `${iso(at).slice(11, 19)} UTC`
