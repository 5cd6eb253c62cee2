import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { Sample, Status } from '../api/types.ts'
import { interval, samples, status } from '../state/live.ts'
import { route, setQuery } from '../state/route.ts'
import { thresholds } from '../state/thresholds.ts'
import { formatDuration, metricTitle, ruleTitle } from '../ui/format.ts'
import { Empty, Loading } from '../ui/notes.tsx'
import { Decisions } from './decisions.tsx'
import { marksOf } from './marks.ts'
import { MetricCard } from './metric-card.tsx'
import { loudFirst, wordOf } from './states.ts'
import { Timeline } from './timeline.tsx'
import { useRecentDumps } from './use-dumps.ts'
import { useRuleSettings } from './use-rule-settings.ts'
import { useThresholds } from './use-thresholds.ts'
import { blockedSpans, captureSpans, isWindow, spanOf, type WindowName, windows, within } from './window.ts'
import './live.css'

/** A live chart for each metric, with the verdict of its rules. */
export function Live() {
  const now = status.value
  useThresholds({ renew: true })
  if (now?.sample) return <Board now={now} />
  return (
    <section class="live" aria-label="Live">
      <h2 class="sr-only">Live</h2>
      {now ? (
        <Empty title="No sample yet">The first one comes {formatDuration(now.interval)} after the start.</Empty>
      ) : (
        <Loading what="the metrics" />
      )}
    </section>
  )
}

function Board({ now }: { now: Status }) {
  const paused = useSignal<Sample[] | null>(null)
  const shown = paused.value ?? samples.value
  const asked = route.value.query.get('window')
  const name = isWindow(asked) ? asked : '5m'
  const dumps = useRecentDumps()
  const settings = useRuleSettings(now)
  const span = useMemo(() => spanOf(shown, windows[name]), [shown, name])
  const { captures, blocked } = useMemo(() => {
    const inSight = within(shown, span)
    return { captures: captureSpans(inSight, interval.value), blocked: blockedSpans(inSight) }
  }, [shown, span])
  const marks = useMemo(() => marksOf(dumps, now.pid, span), [dumps, now.pid, span])

  return (
    <section class="live" aria-label="Live">
      <header class="live-bar">
        <h2>Live</h2>
        <WindowPicker current={name} />
        <button
          type="button"
          class="button live-pause"
          aria-pressed={paused.value !== null}
          onClick={() => {
            paused.value = paused.value ? null : samples.value
          }}
        >
          {paused.value ? 'Resume' : 'Pause'}
        </button>
      </header>
      <Timeline span={span} marks={marks} captures={captures} blocked={blocked} />
      <p class="sr-only" aria-live="polite">
        {newsOf(now)}
      </p>
      <div class="live-grid">
        {loudFirst(now.metrics).map(([metric, standing]) => (
          <MetricCard
            key={metric}
            metric={metric}
            standing={standing}
            threshold={thresholds.value?.value[metric]}
            settings={settings}
            samples={shown}
            span={span}
            interval={interval.value}
            marks={marks}
            captures={captures}
            blocked={blocked}
            trouble={troubleOf(metric, now)}
          />
        ))}
      </div>
      <Decisions />
    </section>
  )
}

const windowWords: Record<WindowName, string> = { '5m': '5 min', '15m': '15 min', '1h': '1 h' }

function WindowPicker({ current }: { current: WindowName }) {
  return (
    <fieldset class="live-windows">
      <legend class="sr-only">Shown time</legend>
      {Object.entries(windowWords).map(([name, words]) => (
        <label key={name}>
          <input
            type="radio"
            name="window"
            checked={name === current}
            onChange={() => setQuery({ window: name === '5m' ? undefined : name })}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** The prominent states, in words that change only when a state does: a screen reader reads them aloud. */
function newsOf({ metrics }: Status): string {
  return Object.entries(metrics)
    .flatMap(([metric, { rules }]) =>
      Object.entries(rules)
        .filter(([, { state }]) => state === 'firing' || state === 'holding' || state === 'spent')
        .map(([rule, { state }]) => `${metricTitle(metric)}, ${ruleTitle(rule)}: ${wordOf(state)}.`),
    )
    .join(' ')
}

/** The process's own message about a metric that it could not read. */
function troubleOf(metric: string, { errors }: Status): string | undefined {
  const failure = errors.findLast(({ what, message }) => `${what} ${message}`.includes(metric))
  return failure && `${failure.what}: ${failure.message}`
}
