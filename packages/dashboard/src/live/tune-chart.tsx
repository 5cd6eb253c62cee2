import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { Sample, Threshold, Unit } from '../api/types.ts'
import { formatClock, formatValue, metricTitle } from '../ui/format.ts'
import { Chart } from './chart.tsx'
import type { Changes } from './draft.ts'
import type { Overlay } from './draw.ts'
import { Handle } from './handle.tsx'
import { Readout } from './readout.tsx'
import { type Range, rangeOf, spikeAt, spikeValue } from './scale.ts'
import { createSeries } from './series.ts'
import type { RuleSettings } from './settings.ts'
import { blockedSpans, captureSpans, columnsOf, type Span, within } from './window.ts'
import type { Outcome } from './would-fire.ts'

interface TuneChartProps {
  metric: string
  unit: Unit
  samples: readonly Sample[]
  span: Span
  interval: number
  /** The values of the handles. */
  proposed: Threshold
  /** The source of the lines: the same, once it stands still. */
  settled: Threshold
  settings: RuleSettings
  outcomes: readonly Outcome[]
  onChange(changes: Changes): void
  children: ComponentChildren
}

/** The history with the lines that can be dragged, and the samples that would have fired. */
export function TuneChart(props: TuneChartProps) {
  const { metric, unit, samples, span, interval, proposed, settled, settings, outcomes, onChange } = props
  const { history, warmup } = settings
  const row = useSignal<number | null>(null)
  const [held, setHeld] = useState<Range | null>(null)

  const series = useMemo(
    () => createSeries(metric, { ...settled, enabled: true }, { history, warmup }),
    [metric, settled.spike, settled.hold, settled.min, history, warmup],
  )
  const columns = useMemo(
    () => columnsOf(within(series.of(samples), span), interval, span),
    [series, samples, span.from, span.to, interval],
  )
  const { watermark, min, spike } = proposed
  const fitting = useMemo(() => {
    const reach = [watermark ?? 0, min].map(line => line * 1.15)
    return rangeOf({ values: columns[3], spikeLine: columns[1], unit }, watermark, reach)
  }, [columns, unit, watermark, min])
  const range = held ?? fitting
  const overlay = useMemo<Overlay>(() => {
    const inSight = within(samples, span)
    return {
      levels: [],
      captures: captureSpans(inSight, interval),
      blocked: blockedSpans(inSight),
      marks: outcomes.map(({ firing, under }) => ({ at: firing.at, tone: under === 'now' ? 'now' : 'strong' })),
    }
  }, [samples, span, interval, outcomes])

  const mean = columns[2].findLast(value => value !== null) ?? null
  const hold = (isHeld: boolean) => setHeld(isHeld ? fitting : null)
  const handle = { range, onHold: hold }
  return (
    <div class={`tune-chart ${proposed.enabled ? '' : 'tune-chart-off'}`}>
      <Chart
        columns={columns}
        span={span}
        range={range}
        overlay={overlay}
        unit={unit}
        height={chartHeight}
        label={`${metricTitle(metric)} from ${formatClock(span.from)} to ${formatClock(span.to)}, with ${outcomes.length} marks where it would have fired`}
        onCursor={at => {
          row.value = at
        }}
      >
        {watermark !== null && (
          <Handle
            {...handle}
            name="watermark"
            label="Watermark"
            value={watermark}
            words={`watermark ${formatValue(watermark, unit)}`}
            onMove={value => value > 0 && onChange({ watermark: value })}
          />
        )}
        {spike !== null && mean !== null && mean !== 0 && (
          <Handle
            {...handle}
            name="spike"
            label="Spike, percent above the mean"
            value={spikeValue(spike, mean)}
            words={`spike ${spike}%`}
            onMove={value => onChange({ spike: spikeAt(value, mean) })}
            slide={{ value: spike, step: 1, range: spikeRange, onMove: percent => onChange({ spike: percent }) }}
          />
        )}
        <Handle
          {...handle}
          name="min"
          label="Min"
          value={min}
          words={`min ${formatValue(min, unit)}`}
          onMove={value => onChange({ min: Math.max(0, value) })}
        />
      </Chart>
      <Readout columns={columns} row={row} unit={unit} />
      {props.children}
    </div>
  )
}

const chartHeight = 340

/** Percent above the mean, by keys. */
const spikeRange: Range = { low: 1, high: 1000 }
