import { metricInfo } from '@autodump/core/rules'
import type { Manifest, Sample, Unit } from '../api/types.ts'
import type { Level, Overlay } from '../live/draw.ts'
import { type Range, rangeOf } from '../live/scale.ts'
import { blockedSpans, type Columns, captureSpans, columnsOf, type Span } from '../live/window.ts'
import { formatValue, metricTitle } from '../ui/format.ts'
import { momentOf } from './facts.ts'

/** The content of a chart of one metric of a dump. */
export interface DumpChart {
  columns: Columns
  span: Span
  range: Range
  overlay: Overlay
  unit: Unit
  label: string
}

type Charted = Pick<Manifest, 'samples' | 'trigger' | 'createdAt' | 'summary'>

/** The samples before and during, the moment of the trigger, and the line that was crossed if it was this metric's. */
export function chartOf(dump: Charted, metric: string): DumpChart {
  const { samples } = dump
  const { unit } = metricInfo(metric)
  const interval = intervalOf(samples)
  const moment = momentOf(dump)
  const span = { from: samples[0]?.at ?? moment, to: Math.max(samples.at(-1)?.at ?? moment, moment) }
  const points = samples.map(({ at, values }) => ({ at, value: values[metric] ?? null, mean: null, spikeLine: null }))
  const columns = columnsOf(points, interval, span)
  const threshold = dump.trigger.metric === metric ? dump.trigger.threshold : null
  const range = rangeOf({ values: columns[3], spikeLine: [], unit }, threshold)
  return {
    columns,
    span,
    range,
    overlay: {
      levels: dump.trigger.metric === metric ? levelsOf(dump.trigger, range) : [],
      captures: captureSpans(samples, interval),
      blocked: blockedSpans(samples),
      marks: [{ at: moment, tone: 'strong' }],
    },
    unit,
    label: inWords(dump, metric, moment),
  }
}

/** A level that is nearer to another than so, as a share of the height, would have its label upon that of the other. */
const tooNear = 0.12

/** The line that was crossed, and the mean before. */
function levelsOf({ rule, threshold, mean, unit }: Manifest['trigger'], { low, high }: Range): Level[] {
  const levels: Level[] = []
  if (threshold !== null)
    levels.push({ value: threshold, label: `${rule} ${formatValue(threshold, unit)}`, ink: 'watermark' })
  const isFree = mean !== null && (threshold === null || Math.abs(threshold - mean) > tooNear * (high - low))
  if (isFree) levels.push({ value: mean, label: `mean ${formatValue(mean, unit)}`, ink: 'min' })
  return levels
}

/** The usual time between two samples, in milliseconds: a dump does not say. */
export function intervalOf(samples: readonly Pick<Sample, 'at'>[]): number {
  const steps = samples.slice(1).map(({ at }, index) => at - (samples[index] as Sample).at)
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 1000
}

/** The chart in words, for screen readers. */
function inWords({ samples }: Charted, metric: string, moment: number): string {
  const { unit } = metricInfo(metric)
  const ofPart = (part: Sample[]) => {
    const values = part.flatMap(({ values }) => values[metric] ?? [])
    return values.length > 0
      ? `${formatValue(Math.min(...values), unit)} to ${formatValue(Math.max(...values), unit)}`
      : 'no reading'
  }
  const before = ofPart(samples.filter(({ at }) => at < moment))
  const after = ofPart(samples.filter(({ at }) => at >= moment))
  return `${metricTitle(metric)}: before the trigger ${before}, from then on ${after}`
}
