import { useSignal } from '@preact/signals'
import type { Sample, Unit } from '../api/types.ts'
import { formatClock, formatValue, metricTitle } from '../ui/format.ts'

const shownValues = 12

/** The last readings in figures. Made only while somebody looks at them. */
export function LastValues({ metric, samples, unit }: { metric: string; samples: readonly Sample[]; unit: Unit }) {
  const isOpen = useSignal(false)
  return (
    <details
      class="live-last"
      onToggle={event => {
        isOpen.value = event.currentTarget.open
      }}
    >
      <summary>Last values</summary>
      {isOpen.value && (
        <table>
          <caption class="sr-only">Last values of {metricTitle(metric)}, the newest first</caption>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {samples
              .slice(-shownValues)
              .reverse()
              .map(({ at, values, capturing }) => (
                <tr key={at}>
                  <td>{formatClock(at)}</td>
                  <td>
                    {values[metric] == null ? 'no reading' : formatValue(values[metric], unit)}
                    {capturing && ' (during a capture)'}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </details>
  )
}
