export interface Sorting {
  column: string
  descending: boolean
}

/** The sort values of a table's rows, a column for each name: numbers the largest first, texts from A. */
export type Columns<T> = Record<string, (row: T) => number | string>

/** Equal rows keep their order. */
export function sorted<T>(rows: readonly T[], columns: Columns<T>, { column, descending }: Sorting): T[] {
  const of = columns[column]
  if (!of) return [...rows]
  const sign = descending ? -1 : 1
  return rows.toSorted((a, b) => {
    const [one, other] = [of(a), of(b)]
    if (typeof one === 'number' && typeof other === 'number') return sign * (one - other)
    return sign * String(one).localeCompare(String(other), 'en', { numeric: true })
  })
}

/** After a click on a column's head: the other way round, or the usual order of another column. */
export function nextSorting(current: Sorting, column: string, isNumber: boolean): Sorting {
  return { column, descending: current.column === column ? !current.descending : isNumber }
}
