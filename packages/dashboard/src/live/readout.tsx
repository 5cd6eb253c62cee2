import type { ReadonlySignal } from '@preact/signals'
import type { Unit } from '../api/types.ts'
import { formatClock, formatValue } from '../ui/format.ts'
import type { Columns } from './window.ts'

/** The figures at the cross-hair, or the names of the lines without one. Always one line high. */
export function Readout({ columns, row, unit }: { columns: Columns; row: ReadonlySignal<number | null>; unit: Unit }) {
  const index = row.value
  const at = index === null ? undefined : columns[0][index]
  if (index === null || at === undefined) return <Legend />
  const figure = (value: number | null | undefined) => (value == null ? '–' : formatValue(value, unit))
  return (
    <p class="live-readout">
      <b>{formatClock(at)}</b>
      <span class="live-key live-key-value">{figure(columns[3][index])}</span>
      <span class="live-key live-key-mean">{figure(columns[2][index])}</span>
      <span class="live-key live-key-band">{figure(columns[1][index])}</span>
    </p>
  )
}

function Legend() {
  return (
    <p class="live-readout" aria-hidden="true">
      <span class="live-key live-key-value">value</span>
      <span class="live-key live-key-mean">mean</span>
      <span class="live-key live-key-band">spike above</span>
    </p>
  )
}
