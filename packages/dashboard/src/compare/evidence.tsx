import type { AsyncStacksEvidence } from '@autodump/core'
import { useMemo, useState } from 'preact/hooks'
import { ask } from '../api/client.ts'
import type { ArtifactEntry, Manifest } from '../api/types.ts'
import { artifactUrl } from '../dumps/actions.ts'
import { may } from '../state/session.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { formatBytes, formatDuration, formatShare, kindTitle } from '../ui/format.ts'
import { Failure, Loading } from '../ui/notes.tsx'
import { useLoad } from '../ui/use-load.ts'
import { outboundFigures, type Requests, requestFigures, stackFigures } from './counts.ts'
import { DiffFlame } from './diff-flame.tsx'
import { compareFigures, type Figure } from './figures.ts'
import { BothHeld } from './held.tsx'
import type { Held } from './holding.ts'
import { type CpuProfile, cpuFigures, type HeapProfile, heapFigures } from './profiles.ts'
import { type ArtifactPair, artifactPairs } from './sides.ts'
import { FigureTable } from './table.tsx'
import { verdictOf } from './verdict.ts'

/** The evidence of both, laid against each other. */
export function Evidence({ a, b }: { a: Manifest; b: Manifest }) {
  const pairs = useMemo(() => artifactPairs(a, b), [a, b])
  if (pairs.length === 0) return <p class="muted">The two have no evidence of the same kind that could be compared.</p>
  if (!may('download')) return <p class="muted">To compare their files takes the right to download them.</p>
  return pairs.map(pair => <PairCard key={`${pair.a.file} ${pair.b.file}`} ids={[a.id, b.id]} pair={pair} />)
}

/** Bytes of both files that are fetched without being asked: more costs a phone too much. */
const small = 5 * 1024 ** 2

function PairCard({ ids, pair }: { ids: [string, string]; pair: ArtifactPair }) {
  const bytes = pair.a.bytes + pair.b.bytes
  const [wanted, setWanted] = useState(bytes <= small)
  const title = [
    kindTitle(pair.kind),
    pair.phase === 'before' && ', before the trigger',
    pair.a.thread && ` of ${pair.a.thread}`,
  ]
  return (
    <Card title={title.filter(Boolean).join('')}>
      {wanted ? (
        <Pair ids={ids} pair={pair} />
      ) : (
        <Button onClick={() => setWanted(true)}>Load both files ({formatBytes(bytes)})</Button>
      )}
    </Card>
  )
}

function Pair({ ids: [a, b], pair }: { ids: [string, string]; pair: ArtifactPair }) {
  const { data, error, reload } = useLoad(
    signal =>
      Promise.all([
        ask<unknown>(artifactUrl(a, pair.a.file), { signal }),
        ask<unknown>(artifactUrl(b, pair.b.file), { signal }),
      ]),
    [a, b, pair.a.file, pair.b.file],
  )
  const tables = useMemo(() => {
    if (!data) return []
    try {
      return compared[pair.kind]?.(data[0] as never, data[1] as never) ?? []
    } catch {
      return new Error('one of the two files is not what it should be')
    }
  }, [data, pair.kind])
  if (error !== null) return <Failure error={error} retry={reload} />
  if (tables instanceof Error) return <Failure error={tables} />
  if (!data) return <Loading what="both files" />
  return (
    <>
      {pair.kind === 'cpu-profile' && (
        <BothFlames profiles={data as [CpuProfile, CpuProfile]} rows={tables[0]?.rows ?? []} />
      )}
      {pair.kind === 'holders' && <BothHolders evidence={data as [Held, Held]} />}
      {tables.map(({ caption, ...table }) => (
        <FigureTable key={caption} caption={caption} {...table} />
      ))}
    </>
  )
}

/** The verdict, and both profiles in one flame graph. */
function BothFlames({ profiles: [a, b], rows }: { profiles: [CpuProfile, CpuProfile]; rows: Compared['rows'] }) {
  const ofA = useMemo(() => [a], [a])
  const ofB = useMemo(() => [b], [b])
  return (
    <>
      <p class="compare-verdict">{verdictOf(rows, ['in A', 'in B'])}</p>
      <DiffFlame a={ofA} b={ofB} />
    </>
  )
}

function BothHolders({ evidence: [a, b] }: { evidence: [Held, Held] }) {
  const ofA = useMemo(() => [a], [a])
  const ofB = useMemo(() => [b], [b])
  return <BothHeld a={ofA} b={ofB} words={['in A', 'in B']} />
}

interface Compared {
  caption: string
  /** The name of the rows, e.g. `Function`. */
  what: string
  rows: ReturnType<typeof compareFigures>
  format(value: number): string
}

const count = (value: number) => value.toLocaleString('en')

/** By kind of evidence; the content is as the files hold it. */
const compared: Partial<Record<ArtifactEntry['kind'], (a: never, b: never) => Compared[]>> = {
  'cpu-profile': (a: CpuProfile, b: CpuProfile) => {
    const [ofA, ofB] = [cpuFigures(a), cpuFigures(b)]
    const busy = ({ busyMs, windowMs }: typeof ofA) =>
      `${formatShare(busyMs / (windowMs || 1))} of ${formatDuration(windowMs)}`
    const caption = `Share of the busy time that each function took itself, with what it called of Node and V8. Busy: A ${busy(ofA)}, B ${busy(ofB)}.`
    return [{ caption, what: 'Function', rows: compareFigures(ofA.functions, ofB.functions), format: formatShare }]
  },
  'heap-profile': (a: HeapProfile, b: HeapProfile) => {
    const [ofA, ofB] = [heapFigures(a), heapFigures(b)]
    const caption = `Bytes that each function has allocated and that were alive, by estimate. In all: A ${formatBytes(sum(ofA))}, B ${formatBytes(sum(ofB))}.`
    return [{ caption, what: 'Function', rows: compareFigures(ofA, ofB), format: formatBytes }]
  },
  requests: (a: Requests, b: Requests) => [
    {
      caption: `Requests in flight by route. In all: A ${count(a.total)}, B ${count(b.total)}.`,
      what: 'Route',
      rows: compareFigures(requestFigures(a), requestFigures(b)),
      format: count,
    },
    {
      caption: 'Calls to the outside by target.',
      what: 'Target',
      rows: compareFigures(outboundFigures(a), outboundFigures(b)),
      format: count,
    },
  ],
  'async-stacks': (a: AsyncStacksEvidence, b: AsyncStacksEvidence) => [
    {
      caption: `Suspended async calls by stack, innermost first. In all: A ${count(a.total)}, B ${count(b.total)}.`,
      what: 'Stack',
      rows: compareFigures(stackFigures(a), stackFigures(b)),
      format: count,
    },
  ],
}

const sum = (figures: Figure[]) => figures.reduce((total, { value }) => total + value, 0)
