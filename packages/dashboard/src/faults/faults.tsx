import { useState } from 'preact/hooks'
import type { FaultGroup, Faults } from '../api/types.ts'
import { Shares } from '../shares/shares.tsx'
import { href, route, setQuery } from '../state/route.ts'
import { session } from '../state/session.ts'
import { Button } from '../ui/button.tsx'
import { Empty, Failure, Loading } from '../ui/notes.tsx'
import { RangePicker } from '../ui/range-picker.tsx'
import { isRange } from '../ui/ranges.ts'
import './faults.css'
import { Rows } from './rows.tsx'
import { useFaults } from './use-faults.ts'
import { isOpen } from './words.ts'

/** The faults: the dumps of one fault as one row, the fault that was seen last first. */
export function FaultsView() {
  const { query } = route.value
  const range = isRange(query.get('range')) ? (query.get('range') as string) : ''
  const service = query.get('service') ?? ''
  const { faults, isStale, error, reload } = useFaults(range, service)
  return (
    <section class="faults" aria-labelledby="faults-title">
      <header class="faults-head">
        <h1 id="faults-title">Faults</h1>
        <p class="muted" aria-live="polite">
          {isStale ? 'loading …' : faults && howMany(faults.faults)}
        </p>
        <ServicePicker known={faults?.faults ?? []} service={service} />
        <a href={href('versus')}>Compare versions</a>
        {session.value?.bucket && <a href={href('replay')}>Try thresholds</a>}
        <RangePicker range={range} onChange={range => setQuery({ range })} />
      </header>
      {session.value?.bucket && <Shares service={service} />}
      {error !== null && <Failure error={error} retry={reload} />}
      {!faults && error === null && <Loading what="the faults" />}
      {faults?.faults.length === 0 && <None isAll={range === '' && service === ''} />}
      {faults && faults.faults.length > 0 && <Lists faults={faults} />}
    </section>
  )
}

const howMany = (faults: readonly FaultGroup[]) => {
  const open = faults.filter(isOpen).length
  return `${open === faults.length ? open : `${open} open of ${faults.length}`} ${faults.length === 1 ? 'fault' : 'faults'}`
}

/** Only where there is a choice. */
function ServicePicker({ known, service }: { known: readonly FaultGroup[]; service: string }) {
  const services = [...new Set([...known.flatMap(({ services }) => services), service])].filter(Boolean).sort()
  if (service === '' && services.length < 2) return null
  return (
    <select
      aria-label="Service"
      value={service}
      onChange={event => setQuery({ service: event.currentTarget.value || undefined })}
    >
      <option value="">All services</option>
      {services.map(name => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  )
}

/** Rows that are drawn at first: a bucket may have thousands of faults. */
const step = 100

function Lists({ faults: { faults, ...span } }: { faults: Faults }) {
  const [limit, setLimit] = useState(step)
  const open = faults.filter(isOpen)
  const closed = faults.filter(fault => !isOpen(fault))
  return (
    <>
      {open.length === 0 && <Empty title="Nothing is open">All faults are ignored or resolved.</Empty>}
      {open.length > 0 && <Rows faults={open.slice(0, limit)} span={span} />}
      {open.length > limit && (
        <Button tone="ghost" onClick={() => setLimit(limit + 5 * step)}>
          {(open.length - limit).toLocaleString('en')} more
        </Button>
      )}
      {closed.length > 0 && (
        <details class="faults-closed">
          <summary>{closed.length.toLocaleString('en')} ignored or resolved</summary>
          <Rows faults={closed.slice(0, limit)} span={span} />
        </details>
      )}
    </>
  )
}

function None({ isAll }: { isAll: boolean }) {
  if (isAll) return <Empty title="No faults">Dumps of one cause appear here as one row.</Empty>
  return (
    <Empty title="Nothing found">
      <p>There was no fault in that time.</p>
      <Button onClick={() => setQuery({ range: undefined, service: undefined })}>Show all</Button>
    </Empty>
  )
}
