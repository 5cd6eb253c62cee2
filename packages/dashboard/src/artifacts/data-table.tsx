import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { nextSorting, type Sorting, sorted } from './sorting.ts'
import './tables.css'

export interface Column<T> {
  id: string
  title: string
  /** Its sort column; not sortable without. */
  by?: (row: T) => number | string
  isNumber?: boolean
  show(row: T): ComponentChildren
}

interface Props<T> {
  label: string
  columns: Column<T>[]
  rows: T[]
  sorting: Sorting
  /** Rows that are shown at first. @default 100 */
  first?: number
  keyOf(row: T, index: number): string
}

const step = 100

/** A table that is sorted by a click on a head. The first column heads the row. On a phone each row is a block. */
export function DataTable<T>({ label, columns, rows, sorting: initial, first = step, keyOf }: Props<T>) {
  const [sorting, setSorting] = useState(initial)
  const [limit, setLimit] = useState(first)
  const by = Object.fromEntries(columns.flatMap(({ id, by }) => (by ? [[id, by]] : [])))
  const shown = sorted(rows, by, sorting).slice(0, limit)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section class="artifact-scroll" tabIndex={0} aria-label={label}>
        <table class="artifact-table artifact-cards">
          <thead>
            <tr>
              {columns.map(column => (
                <Head key={column.id} column={column} sorting={sorting} onSort={setSorting} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr key={keyOf(row, index)}>
                {columns.map(({ id, title, isNumber, show }, at) => {
                  const Cell = at === 0 ? 'th' : 'td'
                  return (
                    <Cell
                      key={id}
                      scope={at === 0 ? 'row' : undefined}
                      class={isNumber ? 'artifact-number' : undefined}
                      data-title={title}
                    >
                      <div>{show(row)}</div>
                    </Cell>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > limit && (
        <Button tone="ghost" onClick={() => setLimit(limit + 5 * step)}>
          {(rows.length - limit).toLocaleString('en')} more
        </Button>
      )}
    </>
  )
}

interface HeadProps<T> {
  column: Column<T>
  sorting: Sorting
  onSort(sorting: Sorting): void
}

function Head<T>({ column: { id, title, by, isNumber = false }, sorting, onSort }: HeadProps<T>) {
  const isCurrent = sorting.column === id
  const direction = sorting.descending ? 'descending' : 'ascending'
  return (
    <th scope="col" class={isNumber ? 'artifact-number' : undefined} aria-sort={isCurrent ? direction : undefined}>
      {by ? (
        <button type="button" class="artifact-sort" onClick={() => onSort(nextSorting(sorting, id, isNumber))}>
          {title}
          <span aria-hidden="true">{isCurrent ? (sorting.descending ? ' ▾' : ' ▴') : ''}</span>
        </button>
      ) : (
        title
      )}
    </th>
  )
}
