import { useMemo, useState } from 'preact/hooks'
import type { CpuProfile, HeapProfile } from '../compare/profiles.ts'
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
      {loaded => <Table {...loaded} />}
    </Guarded>
  )
}

interface Loaded {
  topOf(ownOnly: boolean): TopFunctions
  /** Whether the file says which code is whose. */
  knowsOwn: boolean
}

async function loadTop(dump: string, file: string, signal: AbortSignal): Promise<Loaded> {
  if (file.endsWith('.txt')) {
    const text = await loadText(dump, file, signal)
    return { topOf: () => topOfCollapsed(text), knowsOwn: false }
  }
  if (file.endsWith('.heapprofile')) {
    const profile = await loadJson<HeapProfile>(dump, file, signal)
    return { topOf: ownOnly => topOfHeap(profile, ownOnly), knowsOwn: true }
  }
  const profile = await loadJson<CpuProfile>(dump, file, signal)
  return { topOf: ownOnly => topOfCpu(profile, ownOnly), knowsOwn: true }
}

function Table({ topOf, knowsOwn }: Loaded) {
  const [order, setOrder] = useState<Order>('self')
  const [limit, setLimit] = useState(step)
  const [ownOnly, setOwnOnly] = useState(false)
  const { unit, sum, functions } = useMemo(() => topOf(ownOnly), [topOf, ownOnly])
  if (functions.length === 0 && !ownOnly)
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
      <div class="artifact-top-head muted small">
        <span>
          {amount(sum)} in all{unit === 'ms' ? ', without what was idle and what autodump took itself' : ''}.
        </span>
        {knowsOwn && (
          <label
            class="artifact-own"
            title="What packages, Node and V8 took belongs to the function of yours that called them"
          >
            <input type="checkbox" checked={ownOnly} onChange={event => setOwnOnly(event.currentTarget.checked)} />
            Own code only
          </label>
        )}
      </div>
      {functions.length === 0 && <p class="muted">None of it was in code of the app itself.</p>}
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
