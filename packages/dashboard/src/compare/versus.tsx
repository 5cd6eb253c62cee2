import { useEffect, useMemo } from 'preact/hooks'
import { ask } from '../api/client.ts'
import type { DumpPage, Facets, ListedDump } from '../api/types.ts'
import { artifactUrl } from '../dumps/actions.ts'
import { route, setQuery } from '../state/route.ts'
import { may } from '../state/session.ts'
import { Card } from '../ui/card.tsx'
import { formatShare } from '../ui/format.ts'
import { Empty, Failure, Loading } from '../ui/notes.tsx'
import { useLoad } from '../ui/use-load.ts'
import './compare.css'
import { DiffFlame } from './diff-flame.tsx'
import { compareFigures } from './figures.ts'
import { averageFigures, profilesIn } from './groups.ts'
import type { CpuProfile } from './profiles.ts'
import { FigureTable } from './table.tsx'
import { verdictOf } from './verdict.ts'

/** The compared sides: two versions of a service, or one instance with the others. */
interface Choice {
  service: string
  a: string
  b: string
  origin: string
}

/** Two versions, or one instance against its siblings: shares of functions in the profiles of their newest dumps. */
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
          in the CPU profiles of the newest dumps.
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

/** Dumps of a service among which profiles are looked for. */
const dumpsAtOnce = 60

interface Side {
  profiles: CpuProfile[]
  /** As it is called within a sentence. */
  words: string
}

async function loadSides({ service, a, b, origin }: Choice, signal: AbortSignal): Promise<[Side, Side]> {
  const dumpsOf = async (query: Record<string, string>) =>
    (await ask<DumpPage>('dumps', { query: { service, ...query, limit: dumpsAtOnce }, signal })).dumps
  const load = async (dumps: ListedDump[]) =>
    Promise.all(profilesIn(dumps).map(({ id, file }) => ask<CpuProfile>(artifactUrl(id, file), { signal })))
  if (origin === '') {
    const [ofA, ofB] = await Promise.all([dumpsOf({ version: a }), dumpsOf({ version: b })])
    return [
      { profiles: await load(ofA), words: `in ${a}` },
      { profiles: await load(ofB), words: `in ${b}` },
    ]
  }
  const [all, own] = await Promise.all([dumpsOf({}), dumpsOf({ origin })])
  // One of each instance, lest the one with most dumps speak for all.
  const others = [...new Map(all.toReversed().map(dump => [dump.from?.instance ?? '', dump])).values()].filter(
    ({ from }) => from?.instance !== origin,
  )
  const profiles = await load(others)
  return [
    { profiles, words: profiles.length === 1 ? 'in the other one' : `in ${profiles.length} others` },
    { profiles: await load(own), words: 'here' },
  ]
}

function Result({ choice }: { choice: Choice }) {
  const { data, error, reload } = useLoad(signal => loadSides(choice, signal), [JSON.stringify(choice)])
  const compared = useMemo(() => data && comparedOf(data), [data])
  if (error !== null) return <Failure error={error} retry={reload} />
  if (!data || !compared) return <Loading what="the profiles of both" />
  if (compared instanceof Error) return <Failure error={compared} />
  const [a, b] = data
  if (a.profiles.length === 0 || b.profiles.length === 0)
    return <Empty title="One side has no CPU profile">Its newest dumps have none that the page can read.</Empty>
  return (
    <>
      <p class="compare-verdict">{verdictOf(compared, [a.words, b.words])}</p>
      <Card title="Flame graph">
        <DiffFlame a={a.profiles} b={b.profiles} />
      </Card>
      <Card title="Functions">
        <FigureTable
          caption={`Share of the busy time that each function took itself. A: ${a.profiles.length} dumps ${a.words}, B: ${b.profiles.length} dumps ${b.words}.`}
          what="Function"
          rows={compared}
          format={formatShare}
        />
      </Card>
    </>
  )
}

function comparedOf([a, b]: [Side, Side]) {
  try {
    return compareFigures(averageFigures(a.profiles), averageFigures(b.profiles))
  } catch {
    return new Error('one of the files is no CPU profile')
  }
}
