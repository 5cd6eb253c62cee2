import { defaultThreshold } from '@autodump/core/rules'
import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { Threshold, Unit } from '../api/types.ts'
import { formatClock, formatValue, metricTitle } from '../ui/format.ts'
import { Chart } from './chart.tsx'
import type { Level, Overlay } from './draw.ts'
import { MarkLinks } from './mark-links.tsx'
import type { MetricCardProps } from './metric-card-props.ts'
import { Readout } from './readout.tsx'
import { rangeOf } from './scale.ts'
import { createSeries } from './series.ts'
import { isLoud } from './states.ts'
import { type Column, columnsOf, within } from './window.ts'

/** The last minutes of a metric with the verdicts of its rules, or why there is nothing to draw. */
export function CardChart({
  metric,
  standing,
  threshold,
  settings,
  samples,
  span,
  interval,
  marks,
  ...rest
}: MetricCardProps) {
  const { unit } = standing
  const { history, warmup } = settings
  const row = useSignal<number | null>(null)
  const series = useMemo(
    () => createSeries(metric, threshold ?? silent, { history, warmup }),
    [metric, threshold, history, warmup],
  )
  const columns = useMemo(
    () => columnsOf(within(series.of(samples), span), interval, span),
    [series, samples, span.from, span.to, interval],
  )
  const range = useMemo(
    () => rangeOf({ values: columns[3], spikeLine: columns[1], unit }, threshold?.watermark ?? null),
    [columns, threshold, unit],
  )
  const { captures, blocked } = rest
  const levels = useMemo(() => levelsOf(threshold, unit), [threshold, unit])
  const overlay = useMemo<Overlay>(
    () => ({
      levels,
      captures,
      blocked,
      marks: marks.map(({ at, metric: of }) => ({ at, tone: of === metric ? 'strong' : 'faint' })),
    }),
    [levels, captures, blocked, marks],
  )
  if (columns[3].every(one => one === null)) return <p class="live-trouble">{rest.trouble ?? silence(unit)}</p>
  const own = marks.filter(mark => mark.metric === metric)
  return (
    <>
      <Chart
        columns={columns}
        span={span}
        range={range}
        overlay={overlay}
        unit={unit}
        height={isLoud(standing.rules) ? chartHeight : quietHeight}
        quiet={!isLoud(standing.rules)}
        syncKey="live"
        label={`${metricTitle(metric)} from ${formatClock(span.from)} to ${formatClock(span.to)}, ${describe(columns[3], unit)}`}
        onCursor={at => {
          row.value = at
        }}
      >
        {/* By keyboard they are reached on the time line. */}
        <MarkLinks marks={own} span={span} tabIndex={-1} />
      </Chart>
      <Readout columns={columns} row={row} unit={unit} />
    </>
  )
}

/** Why there may be no reading, where nobody said so. Only metrics of the application have no unit. */
const silence = (unit: Unit) =>
  unit === 'value'
    ? 'The function behind it has given no finite number yet. If it throws, the log of the app says so.'
    : 'It has no value yet, or none on this platform.'

const chartHeight = 148
const quietHeight = 92

/** As long as the thresholds are not there. */
const silent: Threshold = { ...defaultThreshold(''), enabled: false }

/** The lines that a value is held against. */
function levelsOf(threshold: Threshold | undefined, unit: Unit): Level[] {
  if (!threshold?.enabled) return []
  const { min, watermark } = threshold
  const levels: Level[] = []
  if (min > 0) levels.push({ value: min, label: `min ${formatValue(min, unit)}`, ink: 'min' })
  if (watermark !== null)
    levels.push({ value: watermark, label: `watermark ${formatValue(watermark, unit)}`, ink: 'watermark' })
  return levels
}

function describe(values: Column, unit: Unit): string {
  const known = values.filter(value => value !== null)
  const lowest = known.reduce((a, b) => Math.min(a, b))
  const highest = known.reduce((a, b) => Math.max(a, b))
  return `between ${formatValue(lowest, unit)} and ${formatValue(highest, unit)}, now ${formatValue(values.at(-1), unit)}`
}
