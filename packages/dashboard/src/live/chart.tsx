import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Unit } from '../api/types.ts'
import { formatClock } from '../ui/format.ts'
import { drawLevelsAndMarks, drawSpans, type Overlay } from './draw.ts'
import { palette } from './palette.ts'
import { axisLabel, type Range } from './scale.ts'
import type { Columns, Span } from './window.ts'

export interface ChartProps {
  columns: Columns
  span: Span
  range: Range
  overlay: Overlay
  unit: Unit
  /** Its content in words, for screen readers. */
  label: string
  /** CSS pixels. */
  height: number
  /** Nothing is the matter: the range that would fire is drawn without a colour of alarm. @default false */
  quiet?: boolean
  /** Charts with the same key share their cross-hair. */
  syncKey?: string
  /** The row of `columns` below the cross-hair; `null` when it has left. */
  onCursor?: (row: number | null) => void
  /** Laid exactly over the plotting area: marks, handles. */
  children?: ComponentChildren
}

/** The plotting area is at the same place in every chart, so that CSS can place the parts above it. */
const inset = { top: 8, right: 14, bottom: 22, left: 52 }

/** A metric over time: made once, then only given new data. */
export function Chart(props: ChartProps) {
  const host = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot | null>(null)
  const latest = useRef(props)
  latest.current = props
  const inks = palette.value

  useLayoutEffect(() => {
    const element = host.current as HTMLDivElement
    const made = new uPlot(optionsOf(latest, element.clientWidth), latest.current.columns, element)
    chart.current = made
    const observer = new ResizeObserver(() => {
      const width = element.clientWidth
      if (width > 0 && (width !== made.width || latest.current.height !== made.height))
        made.setSize({ width, height: latest.current.height })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
    }
  }, [])

  const { columns, span, range, overlay, height, quiet } = props
  useEffect(() => {
    chart.current?.setData(columns)
  }, [columns, span.from, span.to, range.low, range.high])
  useEffect(() => {
    chart.current?.redraw(false)
  }, [overlay, inks, quiet])
  useEffect(() => {
    const made = chart.current
    if (made && made.height !== height) made.setSize({ width: made.width, height })
  }, [height])

  return (
    <div class="live-chart" style={{ height: `${height}px` }}>
      <div class="live-canvas" ref={host} role="img" aria-label={props.label} />
      <div
        class="live-over"
        style={{
          top: `${inset.top}px`,
          right: `${inset.right}px`,
          bottom: `${inset.bottom}px`,
          left: `${inset.left}px`,
        }}
      >
        {props.children}
      </div>
    </div>
  )
}

function optionsOf(latest: { current: ChartProps }, width: number): uPlot.Options {
  const { height, syncKey } = latest.current
  const inks = () => palette.peek()
  const isQuiet = () => latest.current.quiet === true
  const axis: uPlot.Axis = {
    stroke: () => inks().text,
    font: inks().font,
    grid: { stroke: () => inks().grid, width: 1 },
    ticks: { show: false },
  }
  return {
    width,
    height,
    ms: 1,
    padding: [inset.top, inset.right, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { setScale: false, x: false, y: false },
      points: { size: 6 },
      ...(syncKey !== undefined && { sync: { key: syncKey, setSeries: false } }),
    },
    scales: {
      x: { range: () => [latest.current.span.from, latest.current.span.to] },
      y: { range: () => [latest.current.range.low, latest.current.range.high] },
    },
    axes: [
      {
        ...axis,
        size: inset.bottom,
        gap: 5,
        space: (_, __, from, to) => (to - from < 10 * 60_000 ? 64 : 42),
        values: (_, splits, __, ___, step) => splits.map(clock(step)),
      },
      {
        ...axis,
        size: inset.left,
        gap: 6,
        space: 36,
        values: (_, splits) => splits.map(value => axisLabel(value, latest.current.unit)),
      },
    ],
    series: [
      {},
      { stroke: () => (isQuiet() ? inks().quietEdge : inks().edge), width: 1, points: { show: false } },
      { stroke: () => inks().mean, width: 1, dash: [3, 3], points: { show: false } },
      { stroke: () => inks().value, width: 1.75, points: { show: false } },
    ],
    bands: [{ series: [1, 2], fill: () => (isQuiet() ? inks().quietBand : inks().band) }],
    hooks: {
      drawAxes: [u => drawSpans(u, latest.current.overlay, inks())],
      draw: [u => drawLevelsAndMarks(u, latest.current.overlay, inks())],
      setLegend: [u => latest.current.onCursor?.(u.cursor.idx ?? null)],
    },
  }
}

/** `20:31`, and the seconds where the ticks are nearer than a minute. */
const clock = (step: number) => (at: number) => formatClock(at).slice(0, step < 60_000 ? 8 : 5)
