import { useMemo } from 'preact/hooks'
import { ApiError } from '../api/client.ts'
import type { Sample, Status, Threshold } from '../api/types.ts'
import { interval, samples, status } from '../state/live.ts'
import { href, navigate } from '../state/route.ts'
import { metricTitle } from '../ui/format.ts'
import { Empty, Failure, Loading } from '../ui/notes.tsx'
import { ApplyBar } from './apply-bar.tsx'
import { Conflict } from './conflict.tsx'
import { errorsByField, isEmpty } from './draft.ts'
import { Firings } from './firings.tsx'
import { RuleWords, StateBadge } from './rule-words.tsx'
import { niceCeiling } from './scale.ts'
import { TuneChart } from './tune-chart.tsx'
import { TuneFields } from './tune-fields.tsx'
import { useRuleSettings } from './use-rule-settings.ts'
import { useSettled } from './use-settled.ts'
import { type Tuning, useTuning } from './use-tuning.ts'
import { spanOf, windows } from './window.ts'
import { countWords, tryOut } from './would-fire.ts'
import './live.css'
import './tune.css'

/** The thresholds of a metric, held against the last hour before they are applied. */
export function Tune({ metric }: { metric: string }) {
  const known = status.value
  const tuning = useTuning(metric)
  if (!known) return <Loading what="the metrics" />
  if (!tuning.now && tuning.error) return <Failure error={tuning.error} retry={tuning.reload} />
  if (!tuning.now && !Object.hasOwn(known.metrics, metric))
    return (
      <Empty title={`There is no metric ${metric} here`}>
        <a href={href()}>See those that there are</a>
      </Empty>
    )
  if (!tuning.now) return <Loading what="the thresholds" />
  return <Bench key={metric} metric={metric} status={known} tuning={tuning} now={tuning.now} />
}

/** Milliseconds: the history is tried again with the samples since, at most so often. */
const trialEvery = 10_000

function Bench({
  metric,
  status: known,
  tuning,
  now,
}: {
  metric: string
  status: Status
  tuning: Tuning
  now: Threshold
}) {
  const { changes, error } = tuning
  const standing = known.metrics[metric]
  const unit = standing?.unit ?? 'value'
  const shown = samples.value
  const proposed = useMemo(() => ({ ...now, ...changes }), [now, changes])
  const settled = useSettled(proposed, 60)
  const isChanged = !isEmpty(changes)
  const settings = useRuleSettings(known)
  const span = useMemo(() => {
    const length = shown.length > 1 ? shown[shown.length - 1]!.at - shown[0]!.at : 0
    return spanOf(shown, Math.min(windows['1h'], Math.max(60_000, length)))
  }, [shown])
  const turn = Math.floor(span.to / trialEvery)
  // The past comes a moment after the first sample.
  const filled = Math.floor(shown.length / 30)
  const trial = useMemo(
    () => tryOut(shown, metric, { now, proposed: settled }, settings),
    [turn, filled, metric, now, settled, settings],
  )
  const above = useMemo(() => startOf(shown, metric), [turn, metric])
  const field = errorsByField(metric, error instanceof ApiError ? error.errors : [])

  return (
    <section class="tune" aria-labelledby="tune-title">
      <header class="live-bar">
        <h2 id="tune-title">Tune {metricTitle(metric)}</h2>
        {standing && <StateBadge rules={standing.rules} />}
        <MetricPicker metric={metric} metrics={Object.keys(known.metrics)} />
      </header>
      <TuneChart
        metric={metric}
        unit={unit}
        samples={shown}
        span={span}
        interval={interval.value}
        proposed={proposed}
        settled={settled}
        settings={settings}
        outcomes={trial.outcomes}
        onChange={tuning.change}
      >
        <p class="tune-count" aria-live="polite">
          {countWords(trial, isChanged)}
        </p>
      </TuneChart>
      {standing && <RuleWords rules={standing.rules} />}
      {tuning.conflict && (
        <Conflict
          metric={metric}
          differences={tuning.conflict}
          changes={changes}
          unitOf={name => known.metrics[name]?.unit ?? 'value'}
          busy={tuning.busy}
          onReapply={tuning.apply}
          onDiscard={tuning.discard}
        />
      )}
      {error !== null && (field.other.length > 0 || Object.keys(field.of).length === 0) && <Failure error={error} />}
      <div class="tune-columns">
        <TuneFields
          proposed={proposed}
          unit={unit}
          metric={metric}
          above={above}
          errors={field.of}
          onChange={tuning.change}
        />
        <Firings trial={trial} isChanged={isChanged} />
      </div>
      <ApplyBar tuning={tuning} now={now} unit={unit} />
    </section>
  )
}

/** Well above all that was seen: where a line begins that was off. */
function startOf(samples: readonly Sample[], metric: string): number {
  const highest = samples.reduce((most, { values }) => Math.max(most, values[metric] ?? 0), 0)
  return niceCeiling(highest * 1.25) || 1
}

function MetricPicker({ metric, metrics }: { metric: string; metrics: string[] }) {
  return (
    <label class="tune-picker">
      <span class="sr-only">Metric</span>
      <select value={metric} onChange={event => navigate(href('tune', event.currentTarget.value))}>
        {metrics.map(name => (
          <option key={name} value={name}>
            {metricTitle(name)}
          </option>
        ))}
      </select>
    </label>
  )
}
