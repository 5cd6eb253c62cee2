import { useEffect, useMemo } from 'preact/hooks'
import { ask } from '../api/client.ts'
import type { DumpPage, Facets } from '../api/types.ts'
import { route, setQuery } from '../state/route.ts'
import { may } from '../state/session.ts'
import { Card } from '../ui/card.tsx'
import { formatShare } from '../ui/format.ts'
import { Empty, Failure, Loading } from '../ui/notes.tsx'
import { useLoad } from '../ui/use-load.ts'
import './compare.css'
import { DiffFlame } from './diff-flame.tsx'
import { compareFigures } from './figures.ts'
import { averageFigures } from './groups.ts'
import { BothHeld } from './held.tsx'
import { type Choice, loadSides, type Side } from './load-sides.ts'
import { FigureTable } from './table.tsx'
import { verdictOf } from './verdict.ts'

/** Two versions, or one instance against its siblings: what functions take and what is held in their newest dumps. */
export function Versus() {
  const { query } = route.value
  const [service, a, b, origin] = ['service', 'a', 'b', 'origin'].map(name => query.get(name) ?? '') as [
    string,
    string,
    string,
    string,
  ]
  const choice: Choice = { service, a, b, origin }
  const facets = useLoad(
    signal => ask<DumpPage>('dumps', { query: { limit: 1, facets: true, service }, signal }),
    [service],
    { keep: true },
  )
  const services = facets.data?.facets?.service
  useEffect(() => {
    const only = services?.length === 1 ? services[0]?.value : undefined
    if (service === '' && only) setQuery({ service: only })
  }, [services, service])
  const isChosen = service !== '' && (origin !== '' || (a !== '' && b !== '' && a !== b))
  return (
    <article class="compare">
      <header class="compare-head">
        <h1>Compare versions or instances</h1>
      </header>
      {facets.error !== null && <Failure error={facets.error} retry={facets.reload} />}
      <Chooser choice={choice} facets={facets.data?.facets} />
      {!may('download') ? (
        <p class="muted">To compare their files takes the right to download them.</p>
      ) : isChosen ? (
        <Result key={JSON.stringify(choice)} choice={choice} />
      ) : services?.length === 0 && service === '' ? (
        <Empty title="No dump says which service it is of">
          Versions are told apart by labels: start the app with <code>AUTODUMP_LABELS=service=shop,version=1.2.3</code>.
        </Empty>
      ) : (
        <Empty title="Nothing is chosen yet">
          Choose a service, and two of its versions or one of its instances: the page compares what their functions take
          and who holds their memory, in the newest dumps.
        </Empty>
      )}
    </article>
  )
}

function Chooser({ choice, facets }: { choice: Choice; facets: Facets | undefined }) {
  const select = (label: string, name: keyof Choice, values: Facets['service'], clear: (keyof Choice)[]) => (
    <label class="versus-choice">
      <span>{label}</span>
      <select
        value={choice[name]}
        onChange={event =>
          setQuery({
            ...Object.fromEntries(clear.map(other => [other, undefined])),
            [name]: event.currentTarget.value || undefined,
          })
        }
      >
        <option value="">–</option>
        {[...new Set([...values.map(({ value }) => value), choice[name]])].filter(Boolean).map(value => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </select>
    </label>
  )
  const versions = facets?.version ?? []
  return (
    <div class="versus-choices">
      {select('Service', 'service', facets?.service ?? [], ['a', 'b', 'origin'])}
      {choice.service && (
        <>
          {select('Version A', 'a', versions, ['origin'])}
          {select('Version B', 'b', versions, ['origin'])}
          {select('or one instance', 'origin', facets?.origin ?? [], ['a', 'b'])}
        </>
      )}
    </div>
  )
}

function Result({ choice }: { choice: Choice }) {
  const { data, error, reload } = useLoad(signal => loadSides(choice, signal), [JSON.stringify(choice)])
  if (error !== null) return <Failure error={error} retry={reload} />
  if (!data) return <Loading what="the newest dumps of both" />
  const [a, b] = data
  return (
    <>
      <Functions a={a} b={b} />
      <Card title="Holders of memory">
        <BothHeld a={a.held} b={b.held} words={[a.heldWords, b.heldWords]} />
      </Card>
    </>
  )
}

function Functions({ a, b }: { a: Side; b: Side }) {
  const compared = useMemo(() => comparedOf(a, b), [a, b])
  if (compared instanceof Error) return <Failure error={compared} />
  const lacking = [a, b].filter(({ profiles }) => profiles.length === 0)
  if (lacking.length > 0)
    return (
      <Empty title={lacking.length === 1 ? 'One side has no CPU profile' : 'Neither side has a CPU profile'}>
        The newest dumps {lacking.map(({ words }) => words).join(' and ')} have none that the page can read.
      </Empty>
    )
  return (
    <>
      <p class="compare-verdict">{verdictOf(compared, [a.words, b.words])}</p>
      <Card title="Flame graph">
        <DiffFlame a={a.profiles} b={b.profiles} />
      </Card>
      <Card title="Functions">
        <FigureTable
          caption={`Share of the busy time that each function took itself. A: ${dumps(a)}, B: ${dumps(b)}.`}
          what="Function"
          rows={compared}
          format={formatShare}
        />
      </Card>
    </>
  )
}

const dumps = ({ profiles: { length }, words }: Side) => `${length} ${length === 1 ? 'dump' : 'dumps'} ${words}`

function comparedOf(a: Side, b: Side) {
  try {
    return compareFigures(averageFigures(a.profiles), averageFigures(b.profiles))
  } catch {
    return new Error('one of the files is no CPU profile')
  }
}
