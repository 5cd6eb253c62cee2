import type { FramesEvidence } from '@autodump/core'
import { Card } from '../ui/card.tsx'
import { formatDuration } from '../ui/format.ts'
import { Empty, sentence } from '../ui/notes.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { frameRows, placeOf, type VariableRow } from './frame-rows.ts'
import { Guarded } from './guarded.tsx'
import { loadJson, type ViewerProps } from './load.ts'

const columns: Column<VariableRow>[] = [
  { id: 'name', title: 'Variable', show: ({ name }) => <code>{name}</code> },
  { id: 'kind', title: 'Kind', show: ({ kind }) => kind },
  { id: 'size', title: 'Size', isNumber: true, show: ({ size }) => size || '–' },
  { id: 'value', title: 'Value', isNumber: true, show: ({ values }) => values.join(' → ') || '–' },
]

/** `frames.json`: the variables of the functions that blocked the event loop, the innermost first. */
export function FramesView({ dump, artifact }: ViewerProps) {
  return (
    <Guarded dump={dump} artifact={artifact} load={loadJson<FramesEvidence>}>
      {frames => <Frames value={frames} />}
    </Guarded>
  )
}

function Frames({ value }: { value: FramesEvidence }) {
  if (value.why !== null) return <Empty title="Nothing was read">{sentence(value.why)}</Empty>
  return (
    <>
      <p class="artifact-lead">
        Read {value.reads.length === 1 ? 'once' : `${value.reads.length} times`} after the event loop had been blocked
        for {formatDuration(value.blockedMs)}
        {value.inCall && (
          <>
            , in <code>{value.inCall}</code>
          </>
        )}
        . Text and objects are shown by class and size only.
      </p>
      {frameRows(value).map(({ frame, rows }, index) => (
        <Card key={`${index} ${placeOf(frame)}`} title={frame.name || '(anonymous)'}>
          <p class="muted small">
            <code>{placeOf(frame)}</code>
          </p>
          {rows.length === 0 ? (
            <p class="muted">It has no variables.</p>
          ) : (
            <DataTable
              label={`Variables of ${frame.name || 'a function without a name'}`}
              columns={columns}
              rows={rows}
              sorting={{ column: 'none', descending: false }}
              keyOf={({ name }) => name}
            />
          )}
        </Card>
      ))}
    </>
  )
}
