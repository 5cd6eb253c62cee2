import { ranges } from './ranges.ts'

/** How far back a list goes. */
export function RangePicker({ range, onChange }: { range: string; onChange(range: string): void }) {
  return (
    <select aria-label="Time" value={range} onChange={event => onChange(event.currentTarget.value)}>
      {ranges.map(([name, words]) => (
        <option key={name} value={name}>
          {words.charAt(0).toUpperCase() + words.slice(1)}
        </option>
      ))}
    </select>
  )
}
