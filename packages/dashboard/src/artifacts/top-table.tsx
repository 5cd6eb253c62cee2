import { useState } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { formatBytes, formatDuration } from '../ui/format.ts'
import { Empty } from '../ui/notes.tsx'
import { Guarded } from './guarded.tsx'
import { loadJson, loadText, type ViewerProps } from './load.ts'
import { type TopFunctions, topOfCollapsed, topOfCpu, topOfHeap } from './top-functions.ts'
import './tables.css'

type Order = 'self' | 'total'
const step = 25

/** The functions of a profile by their cost: for screen readers and small screens. */
export function TopTable({ dump, artifact }: Pick<ViewerProps, 'dump' | 'artifact'>) {
  return (
    <Guarded dump={dump} artifact={artifact} load={loadTop}>
      {top => <Table top={top} />}
    </Guarded>
  )
}

async function loadTop(dump: string, file: string, signal: AbortSignal): Promise<TopFunctions> {
  if (file.endsWith('.txt')) return topOfCollapsed(await loadText(dump, file, signal))
  if (file.endsWith('.heapprofile')) return topOfHeap(await loadJson(dump, file, signal))
  return topOfCpu(await loadJson(dump, file, signal))
}

function Table({ top: { unit, sum, functions } }: { top: TopFunctions }) {
  const [order, setOrder] = useState<Order>('self')
  const [limit, setLimit] = useState(step)
  if (functions.length === 0)
    return <Empty title="Nothing was measured">All of the time was idle, or there is no sample.</Empty>
  const sorted = functions.toSorted((a, b) => b[order] - a[order])
  const amount = (value: number) =>
    unit === 'ms' ? formatDuration(value) : unit === 'bytes' ? formatBytes(value) : value.toLocaleString('en')
  const share = (value: number) => `${((100 * value) / (sum || 1)).toFixed(1)}%`
  const head = (by: Order, text: string, title: string) => (
    <th scope="col" class="artifact-number" aria-sort={order === by ? 'descending' : undefined}>
      <button type="button" class="artifact-sort" title={title} onClick={() => setOrder(by)}>
        {text}
        <span aria-hidden="true">{order === by ? ' ▾' : ''}</span>
      </button>
    </th>
  )
  return (
    <>
      <p class="muted small">
        {amount(sum)} in all{unit === 'ms' ? ', without what was idle' : ''}.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section class="artifact-scroll" tabIndex={0} aria-label="Functions by share">
        <table class="artifact-table artifact-top">
          <thead>
            <tr>
              <th scope="col">Function</th>
              {head('self', 'Self', 'What it took by itself')}
              {head('total', 'Total', 'With all that it called')}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, limit).map(({ name, place, self, total }) => (
              <tr key={`${name} ${place}`}>
                <th scope="row">
                  <code>{name}</code>
                  {place && <span class="artifact-place">{place}</span>}
                </th>
                <td class="artifact-number" style={{ '--share': share(self) }}>
                  {share(self)} <span class="artifact-amount">{amount(self)}</span>
                </td>
                <td class="artifact-number" style={{ '--share': share(total) }}>
                  {share(total)} <span class="artifact-amount">{amount(total)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {sorted.length > limit && (
        <Button tone="ghost" onClick={() => setLimit(limit + 4 * step)}>
          {sorted.length - limit} more
        </Button>
      )}
    </>
  )
}
