import { duration, withUnit } from '../../lib/units.js'
import { aftermath, type RuleNote, type Run } from '../../model/run.js'
import type { Sample } from '../../model/sample.js'
import { judgedValue } from '../../rules/judged-value.js'

/**
 * Milliseconds. No supervisor ends a process for a shorter block, and a busy host causes shorter ones. A program that
 * loads its modules is blocked for longer, and watchers end it then.
 */
const blockedFrom = 500

/** Percent at which a process may die of memory. */
export const nearlyFull = { heap: 80, rss: 90 }

/** A pile-up: this many requests in flight, this many times the usual number, for this many samples in a row. */
const pile = { least: 10, times: 2, samples: 2 }

/** Milliseconds without an answer. */
const hungFrom = 120_000

/** States in which a rule matches and has had its dump, or would have one. A rule that is `holding` has not decided yet. */
const speaking = new Set(['firing', 'spent', 'cooling-down'])

/** A leak fills the memory hours later; until then the process is healthy. */
const isUrgent = ({ rule, state }: RuleNote) => speaking.has(state) && rule !== 'leak'

/**
 * Describes the trouble at the last record of a run; empty if there was none. It tells a stopped process from one that
 * died: a signal without a handler leaves no other trace.
 */
export function findTrouble(run: Run, unfinished: boolean): string[] {
  const last = run.samples.at(-1)
  const at = last?.at ?? run.info.startedAt
  const { error } = run
  return [
    last &&
      !last.starting &&
      (last.blockedFor ?? 0) >= blockedFrom &&
      `its event loop was blocked for ${duration(last.blockedFor ?? 0)}`,
    ...(['heap', 'rss'] as const).map(metric => sayFull(metric, run.samples)),
    sayPileUp(run.samples),
    sayHung(run),
    ...run.rules.filter(isUrgent).map(({ metric, rule, reason }) => `the ${rule} of ${metric} spoke (${reason})`),
    // Handled rejections are mostly logged only.
    error?.origin === 'uncaughtException' &&
      Math.abs(at - error.at) < aftermath &&
      `it had survived an exception (${error.name || 'thrown'}) ${duration(Math.abs(at - error.at))} before`,
    unfinished && 'a dump was being captured',
  ].filter(one => typeof one === 'string')
}

const words = { heap: 'the JavaScript heap', rss: 'resident memory' }

function sayFull(metric: 'heap' | 'rss', samples: Sample[]): string | false {
  const most = Math.max(0, ...readings(samples.slice(-3), metric))
  return most >= nearlyFull[metric] && `${words[metric]} was ${withUnit(most, 'percent')} full`
}

/** The usual number is the median of the first half, so that a pile-up that grew for minutes counts too. */
function sayPileUp(samples: Sample[]): string | false {
  const all = readings(samples, 'inFlight')
  const last = all.slice(-pile.samples)
  const before = all.slice(0, Math.max(1, all.length >> 1)).sort((a, b) => a - b)
  const usual = before[(before.length - 1) >> 1] ?? 0
  const least = Math.min(...last)
  if (last.length < pile.samples || least < Math.max(pile.least, pile.times * usual)) return false
  return `requests piled up (${last.at(-1)} in flight, usually ${usual})`
}

/** Requests that hang for so long that they became usual. Streams have sent something, and a long poll ends sooner. */
function sayHung({ app }: Run): string | false {
  const hung = app?.table.rows.filter(({ state, ageMs }) => state === 'handling' && ageMs >= hungFrom) ?? []
  return hung.length >= pile.least && `requests hung (the oldest for ${duration(hung[0]?.ageMs ?? 0)})`
}

function readings(samples: Sample[], metric: string): number[] {
  return samples.map(({ values }) => judgedValue(values, metric)).filter(value => value !== null)
}
