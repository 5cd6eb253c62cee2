import { metricInfo } from '@autodump/core/rules'
import { useMemo } from 'preact/hooks'
import type { StoredDump } from '../api/types.ts'
import { Chart } from '../live/chart.tsx'
import { Card } from '../ui/card.tsx'
import { formatClock, formatDuration, formatUtc, formatValue, metricTitle } from '../ui/format.ts'
import { Empty } from '../ui/notes.tsx'
import { chartOf } from './chart-of.ts'
import { chartedMetrics, momentOf } from './facts.ts'

/** Every metric before the trigger and during the capture. */
export function Samples({ dump }: { dump: StoredDump }) {
  const metrics = chartedMetrics(dump)
  if (metrics.length === 0) return <Empty title="No samples">The process had not been sampled yet.</Empty>
  return (
    <>
      <Legend dump={dump} />
      <div class="dump-charts">
        {metrics.map(metric => (
          <MetricChart key={metric} dump={dump} metric={metric} height={150} />
        ))}
      </div>
      <SampleTable dump={dump} metrics={metrics} />
    </>
  )
}

export function MetricChart({ dump, metric, height }: { dump: StoredDump; metric: string; height: number }) {
  const chart = useMemo(() => chartOf(dump, metric), [dump, metric])
  return (
    <Card title={metricTitle(metric)}>
      <Chart {...chart} height={height} syncKey={dump.id} />
    </Card>
  )
}

/** The meaning of the marks in the charts, if there are any. */
export function Legend({ dump: { trigger, samples } }: { dump: StoredDump }) {
  return (
    <p class="dump-legend">
      <span class="dump-key" data-key="trigger">
        {trigger.rule === 'crash' ? 'the end' : 'the trigger'}
      </span>
      {samples.some(({ capturing }) => capturing) && (
        <span class="dump-key" data-key="capture">
          autodump captures
        </span>
      )}
      {samples.some(({ blockedFor }) => blockedFor) && (
        <span class="dump-key" data-key="blocked">
          event loop blocked
        </span>
      )}
    </p>
  )
}

/** The same in figures. */
function SampleTable({ dump, metrics }: { dump: StoredDump; metrics: string[] }) {
  const moment = momentOf(dump)
  return (
    <details class="dump-figures">
      <summary>All {dump.samples.length} samples in figures</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section class="dump-scroll" tabIndex={0} aria-label="Samples in figures">
        <table class="dump-table">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">To the trigger</th>
              {metrics.map(metric => (
                <th scope="col" class="dump-number" key={metric}>
                  {metricTitle(metric)}
                </th>
              ))}
              <th scope="col">Then</th>
            </tr>
          </thead>
          <tbody>
            {dump.samples.map(({ at, values, starting, capturing, blockedFor, stopped }) => (
              <tr key={at}>
                <td title={formatUtc(at)}>{formatClock(at)}</td>
                <td>{fromTrigger(at - moment)}</td>
                {metrics.map(metric => (
                  <td class="dump-number" key={metric}>
                    {formatValue(values[metric], metricInfo(metric).unit)}
                  </td>
                ))}
                <td>
                  {[
                    starting && 'starting',
                    capturing && 'capturing',
                    blockedFor && `blocked for ${formatDuration(blockedFor)}`,
                    stopped && `stood still for ${formatDuration(stopped)}`,
                  ]
                    .filter(Boolean)
                    .join(', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}

const fromTrigger = (ms: number) => `${ms < 0 ? '−' : '+'}${formatDuration(Math.abs(ms))}`
