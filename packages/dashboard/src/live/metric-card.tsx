import { useId, useRef } from 'preact/hooks'
import { href } from '../state/route.ts'
import { formatValue, metricTitle } from '../ui/format.ts'
import { CardChart } from './card-chart.tsx'
import { LastValues } from './last-values.tsx'
import type { MetricCardProps } from './metric-card-props.ts'
import { RuleWords, StateBadge } from './rule-words.tsx'
import { isLoud } from './states.ts'
import { useVisible } from './use-visible.ts'

/** One metric: its value, its last minutes, and the verdict of its rules. */
export function MetricCard(props: MetricCardProps) {
  const { metric, standing, threshold } = props
  const card = useRef<HTMLElement>(null)
  const isVisible = useVisible(card)
  const { mean, unit, rules } = standing
  const value = props.samples.at(-1)?.values[metric] ?? null
  const id = useId()
  // Out of sight it is not drawn; the computed data stays for its return.
  const drawn = useRef<MetricCardProps | null>(null)
  if (isVisible) drawn.current = props
  return (
    <article class="live-card" ref={card} aria-labelledby={id} data-quiet={!isLoud(rules) || undefined}>
      <header class="live-head">
        <h3 id={id}>{metricTitle(metric)}</h3>
        <StateBadge rules={rules} />
      </header>
      <p class="live-figures">
        <span class={value === null ? 'live-value live-value-none' : 'live-value'}>
          {value === null ? 'no reading' : formatValue(value, unit)}
        </span>
        {mean !== null && <span class="live-mean">mean {formatValue(mean, unit)}</span>}
      </p>
      {drawn.current ? <CardChart {...drawn.current} /> : <div class="live-chart-later" />}
      <RuleWords rules={rules} />
      <footer class="live-foot">
        <LastValues metric={metric} samples={props.samples} unit={unit} />
        <a class="live-tune" href={href('tune', metric)} aria-label={`Tune ${metricTitle(metric)}`}>
          {threshold && !threshold.enabled ? 'Tune (off)' : 'Tune'}
        </a>
      </footer>
    </article>
  )
}
