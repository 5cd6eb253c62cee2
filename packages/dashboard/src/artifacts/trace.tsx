import { downloadUrl } from '../dumps/actions.ts'
import { may } from '../state/session.ts'
import { Card } from '../ui/card.tsx'
import { formatDuration } from '../ui/format.ts'
import { Empty } from '../ui/notes.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { speedscopeUrl } from './flame.tsx'
import { Guarded } from './guarded.tsx'
import { loadJson, type ViewerProps } from './load.ts'
import { summarizeTrace, type TraceCategory, type TraceFile, type TraceSummary } from './trace-summary.ts'

const limit = 20 * 1024 ** 2

/** `trace.json`: its content, and the tools that open it. */
export function TraceView({ dump, artifact }: ViewerProps) {
  return (
    <>
      <Card title="How to open it">
        <ol class="artifact-steps">
          <li>
            {may('download') ? (
              <a href={downloadUrl(dump, artifact.file)} download>
                Download {artifact.file}
              </a>
            ) : (
              `Have somebody download ${artifact.file} who may.`
            )}
          </li>
          <li>
            Open{' '}
            <a href="https://ui.perfetto.dev" target="_blank" rel="noreferrer">
              ui.perfetto.dev
            </a>{' '}
            and choose “Open trace file”. The file stays in your browser.
          </li>
          <li>
            Or without another site: drop it on <code>chrome://tracing</code> or <code>about://tracing</code>, or load
            it into the Performance panel of Chrome DevTools.
          </li>
        </ol>
      </Card>
      <Card title="What is in it">
        <Guarded dump={dump} artifact={artifact} load={loadSummary} limit={limit}>
          {summary => <Summary summary={summary} flame={speedscopeUrl(dump, artifact.file)} />}
        </Guarded>
      </Card>
    </>
  )
}

async function loadSummary(dump: string, file: string, signal: AbortSignal): Promise<TraceSummary> {
  return summarizeTrace(await loadJson<TraceFile>(dump, file, signal))
}

function Summary({ summary, flame }: { summary: TraceSummary; flame: string }) {
  const { events, leftOut, spanMs, categories, hasSlices } = summary
  if (events === 0) return <Empty title="No events">Nothing that Node traces happened meanwhile.</Empty>
  return (
    <>
      <p class="artifact-lead">
        <strong>{events.toLocaleString('en')}</strong> events within {formatDuration(spanMs)}.
        {leftOut > 0 && ` ${leftOut.toLocaleString('en')} more were left out.`}
        {hasSlices && (
          <>
            {' '}
            Those with a duration{' '}
            <a href={flame} target="_blank" rel="noreferrer">
              open in speedscope
            </a>
            , too.
          </>
        )}
      </p>
      <DataTable
        label="Events by category"
        columns={columns}
        rows={categories}
        sorting={{ column: 'events', descending: true }}
        keyOf={({ category }) => category}
      />
    </>
  )
}

const columns: Column<TraceCategory>[] = [
  {
    id: 'category',
    title: 'Category',
    by: ({ category }) => category,
    show: ({ category }) => <code>{category}</code>,
  },
  {
    id: 'events',
    title: 'Events',
    isNumber: true,
    by: ({ events }) => events,
    show: ({ events }) => events.toLocaleString('en'),
  },
  {
    id: 'span',
    title: 'Within',
    isNumber: true,
    by: ({ spanMs }) => spanMs,
    show: ({ spanMs }) => formatDuration(spanMs),
  },
  {
    id: 'names',
    title: 'Most frequent',
    show: ({ names }) => (
      <ul class="artifact-waits">
        {names.map(({ name, events }) => (
          <li key={name}>
            {events.toLocaleString('en')} × <code>{name}</code>
          </li>
        ))}
      </ul>
    ),
  },
]
