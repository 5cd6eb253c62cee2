import { type Firing, judgedValue, replay } from '@autodump/core/rules'
import type { Sample, Threshold } from '../api/types.ts'
import type { RuleSettings } from './settings.ts'

/** A dump that would have been made: under the thresholds as they are, as proposed, or both. */
export interface Outcome {
  firing: Firing
  under: 'both' | 'now' | 'proposed'
}

export interface Trial {
  /** Oldest first. */
  outcomes: Outcome[]
  /** Dumps, those left out that the quota would have forbidden. */
  now: number
  proposed: number
  /** Milliseconds between the first and the last sample. */
  over: number
  /** The limits of a recorded series. */
  notes: string[]
}

/** The samples that a metric would have fired on, by the function behind `autodump replay`. */
export function tryOut(
  samples: readonly Sample[],
  metric: string,
  { now, proposed }: { now: Threshold; proposed: Threshold },
  settings: RuleSettings,
): Trial {
  const own = samples.map(sample => ({ ...sample, values: { [metric]: judgedValue(sample.values, metric) } }))
  const run = (threshold: Threshold) => replay(own, { ...settings, thresholds: { [metric]: threshold } })
  const before = run(now)
  const after = run(proposed)
  const dumps = (firings: Firing[]) => firings.filter(({ limited }) => !limited).length
  return {
    outcomes: merged(before.firings, after.firings),
    now: dumps(before.firings),
    proposed: dumps(after.firings),
    over: (after.to ?? 0) - (after.from ?? 0),
    notes: after.notes,
  }
}

/** A dump at the same sample is the same dump, of any rule: then the proposed one is shown. */
function merged(now: readonly Firing[], proposed: readonly Firing[]): Outcome[] {
  const before = new Set(now.map(({ at }) => at))
  const after = new Set(proposed.map(({ at }) => at))
  return [
    ...proposed.map((firing): Outcome => ({ firing, under: before.has(firing.at) ? 'both' : 'proposed' })),
    ...now.filter(firing => !after.has(firing.at)).map((firing): Outcome => ({ firing, under: 'now' })),
  ].sort((a, b) => a.firing.at - b.firing.at)
}

/** `2 dumps in the last 58 min, now none`. */
export function countWords({ now, proposed, over }: Trial, isChanged: boolean): string {
  const span = over < 90_000 ? `${Math.round(over / 1000)} s` : `${Math.round(over / 60_000)} min`
  const first = `${dumps(proposed)} in the last ${span}`
  return isChanged ? `${first}, ${now === proposed ? 'as many as now' : `now ${now === 0 ? 'none' : now}`}` : first
}

const dumps = (count: number) => (count === 0 ? 'No dump' : count === 1 ? '1 dump' : `${count} dumps`)
