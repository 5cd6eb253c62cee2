import type { Growth, Holder, HoldersEvidence } from '@autodump/core'
import { Card } from '../ui/card.tsx'
import { formatBytes, formatDuration } from '../ui/format.ts'
import { type Column, DataTable } from './data-table.tsx'
import { Guarded } from './guarded.tsx'
import {
  anchorInWords,
  type ClassRow,
  classRows,
  type GrownHolder,
  grown,
  signedBytes,
  signedCount,
} from './holder-rows.ts'
import { loadJson, type ViewerProps } from './load.ts'

/** `holders.json`: the holders of the heap, its parts, and its growth. */
export function HoldersView({ dump, artifact }: ViewerProps) {
  return (
    <Guarded dump={dump} artifact={artifact} load={loadJson<HoldersEvidence>}>
      {found => <Found value={found} />}
    </Guarded>
  )
}

function Found({ value }: { value: HoldersEvidence }) {
  const { bytes, externalBytes, holders, growth } = value
  const columns = holderColumns(bytes + externalBytes)
  return (
    <>
      <p class="artifact-lead">
        {formatBytes(bytes)} are alive
        {externalBytes > 0 && `, ${formatBytes(externalBytes)} of that outside of the JavaScript heap`}.
      </p>
      <Card title="Holders">
        {holders.length === 0 ? (
          <p class="muted">No single object keeps a good part of it alive.</p>
        ) : (
          <DataTable
            label="Holders"
            columns={columns}
            rows={holders}
            sorting={{ column: 'bytes', descending: true }}
            keyOf={({ path }, index) => `${index} ${path}`}
          />
        )}
      </Card>
      {growth && <Grown growth={growth} />}
      <Card title="Classes">
        <p class="muted small">
          Names in round brackets are V8’s own kinds: texts, compiled functions, what Node keeps outside of JavaScript.
          Those in curly ones are objects without a class, by their first properties.
        </p>
        <DataTable
          label="Classes"
          first={12}
          columns={classColumns(growth !== null)}
          rows={classRows(value)}
          sorting={{ column: growth ? 'grew' : 'bytes', descending: true }}
          keyOf={({ name }, index) => `${index} ${name}`}
        />
      </Card>
      <Waste value={value} />
    </>
  )
}

const holderColumns = (all: number): Column<Holder>[] => [
  {
    id: 'path',
    title: 'Holder',
    by: ({ path }) => path,
    show: ({ path, anchor }) => (
      <>
        <code>{path}</code>
        <br />
        <span class="muted small">{anchorInWords(anchor)}</span>
      </>
    ),
  },
  { id: 'class', title: 'Class', by: holder => holder.class, show: holder => holder.class },
  {
    id: 'entries',
    title: 'Entries',
    by: ({ entries }) => entries ?? -1,
    isNumber: true,
    show: ({ entries }) => entries?.toLocaleString('en') ?? '–',
  },
  {
    id: 'bytes',
    title: 'Keeps alive',
    by: ({ bytes }) => bytes,
    isNumber: true,
    show: ({ bytes }) => `${formatBytes(bytes)} (${((100 * bytes) / (all || 1)).toFixed(0)}%)`,
  },
  {
    id: 'holds',
    title: 'Mostly',
    show: ({ holds }) =>
      holds
        .slice(0, 3)
        .map(({ name, count }) => `${count.toLocaleString('en')} × ${name}`)
        .join(', '),
  },
]

const classColumns = (hasGrowth: boolean): Column<ClassRow>[] => [
  { id: 'name', title: 'Class', by: ({ name }) => name, show: ({ name }) => <code>{name}</code> },
  {
    id: 'count',
    title: 'Objects',
    by: ({ count }) => count,
    isNumber: true,
    show: ({ count }) => count.toLocaleString('en'),
  },
  { id: 'bytes', title: 'Size', by: ({ bytes }) => bytes, isNumber: true, show: ({ bytes }) => formatBytes(bytes) },
  ...(hasGrowth
    ? [
        {
          id: 'grew',
          title: 'Grew by',
          by: ({ grewBytes }: ClassRow) => grewBytes,
          isNumber: true,
          show: ({ grewBytes, grewCount }: ClassRow) =>
            grewBytes === 0 && grewCount === 0 ? '–' : `${signedBytes(grewBytes)}, ${signedCount(grewCount)}`,
        },
      ]
    : []),
]

const grownColumns: Column<GrownHolder>[] = [
  { id: 'path', title: 'Holder', by: ({ path }) => path, show: ({ path }) => <code>{path}</code> },
  { id: 'bytes', title: 'Size', by: ({ bytes }) => bytes, isNumber: true, show: ({ bytes }) => signedBytes(bytes) },
  {
    id: 'entries',
    title: 'Entries',
    by: ({ entries }) => entries ?? 0,
    isNumber: true,
    show: ({ entries }) => (entries === null ? '–' : signedCount(entries)),
  },
]

function Grown({ growth }: { growth: Growth }) {
  const since = growth.ms === null ? 'since the snapshot before' : `in ${formatDuration(growth.ms)}`
  const holders = grown(growth)
  return (
    <Card title="Growth">
      <p class="artifact-lead">
        The heap changed by {signedBytes(growth.bytes)} {since}.
      </p>
      {holders.length > 0 && (
        <DataTable
          label="Holders that grew"
          columns={grownColumns}
          rows={holders}
          sorting={{ column: 'bytes', descending: true }}
          keyOf={({ path }, index) => `${index} ${path}`}
        />
      )}
    </Card>
  )
}

/** The possible savings. */
function Waste({ value: { strings, detached } }: { value: HoldersEvidence }) {
  const facts: [string, { count: number; bytes: number } | null, string][] = [
    ['Duplicate strings', strings.duplicates, 'that have the content of another'],
    ['Strings kept by a slice', strings.sliced, 'of which only a part is still used'],
    ['Detached objects', detached, 'that no document shows any more'],
  ]
  const known = facts.filter(([, figures]) => figures !== null && figures.count > 0)
  if (known.length === 0) return null
  return (
    <Card title="Could be saved">
      <dl class="dump-facts">
        {known.map(([name, figures, what]) => (
          <>
            <dt>{name}</dt>
            <dd>
              {formatBytes(figures?.bytes ?? 0)} in {figures?.count.toLocaleString('en')} {what}
            </dd>
          </>
        ))}
      </dl>
    </Card>
  )
}
