import { useMemo, useState } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { type Column, type Row, sortRows } from './figures.ts'

interface Props {
  caption: string
  /** The name of the rows, e.g. `Function`. */
  what: string
  rows: Row[]
  format(value: number): string
  /** What A does not have is new. Not so of functions: a short profile may have missed one. */
  marksNew?: boolean
}

/** Rows that are shown at first, and more of them each time. */
const portion = 20

/** Figures of both, sortable by each column; the largest change comes first. */
export function FigureTable({ caption, what, rows, format, marksNew = false }: Props) {
  const [order, setOrder] = useState<{ column: Column; reversed: boolean }>({ column: 'change', reversed: false })
  const [shown, setShown] = useState(portion)
  const sorted = useMemo(() => sortRows(rows, order.column, order.reversed), [rows, order])
  if (rows.length === 0) return <p class="muted">{caption} Neither has any.</p>
  const sortBy = (column: Column) => setOrder({ column, reversed: order.column === column && !order.reversed })
  const columns: [Column, string][] = [
    ['name', what],
    ['a', 'A'],
    ['b', 'B'],
    ['change', 'Change'],
  ]
  return (
    <>
      <p class="muted small">{caption}</p>
      <table class="compare-table compare-figures">
        <caption class="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map(([column, title]) => (
              <th
                key={column}
                scope="col"
                aria-sort={order.column !== column ? undefined : isAscending(order) ? 'ascending' : 'descending'}
              >
                <button type="button" class="compare-sort" onClick={() => sortBy(column)}>
                  {title}
                  <span aria-hidden="true">{order.column !== column ? '' : isAscending(order) ? ' ▲' : ' ▼'}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, shown).map(row => (
            <tr key={`${row.name} ${row.place} ${row.a} ${row.b}`}>
              <th scope="row">
                {row.name}
                {row.place && <span class="compare-place">{row.place}</span>}
              </th>
              <td>{row.a === 0 ? '–' : format(row.a)}</td>
              <td>{row.b === 0 ? '–' : format(row.b)}</td>
              <td class="compare-change" data-way={signed(row.change, format)[0]}>
                {marksNew && row.a === 0 && 'new, '}
                {signed(row.change, format)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > shown && (
        <Button onClick={() => setShown(shown + portion)}>
          Show {Math.min(portion, sorted.length - shown)} more of {sorted.length}
        </Button>
      )}
    </>
  )
}

/** Names begin with A, figures with the largest. */
const isAscending = ({ column, reversed }: { column: Column; reversed: boolean }) => (column === 'name') !== reversed

/** A difference that rounds to nothing is no change. */
function signed(change: number, format: (value: number) => string): string {
  const size = format(Math.abs(change))
  if (size === format(0)) return size
  return change > 0 ? `+${size}` : `−${size}`
}
