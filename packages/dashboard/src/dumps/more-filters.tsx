import { useState } from 'preact/hooks'
import { ask } from '../api/client.ts'
import type { DumpPage, Facets } from '../api/types.ts'
import { dumpsChanged } from '../state/live.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/notes.tsx'
import { RangePicker } from '../ui/range-picker.tsx'
import { useLoad } from '../ui/use-load.ts'
import { type Filter, queryOf, requestOf } from './list.ts'

interface Props {
  filter: Filter
  onChange(change: Partial<Filter>): void
}

const names = ['service', 'version', 'origin'] as const
type Name = (typeof names)[number]
const titles: Record<Name, string> = { service: 'Service', version: 'Version', origin: 'Instance' }

/** Time, service, version and instance. A bucket reads all its keys for the choices, so they are loaded when it is opened. */
export function MoreFilters({ filter, onChange }: Props) {
  const isUsed = filter.range !== '' || filter.fault !== '' || names.some(name => filter[name] !== '')
  const [isOpen, setOpen] = useState(isUsed)
  return (
    <details class="dumps-further" open={isOpen} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>Time, service, version, instance</summary>
      {isOpen && <Selects filter={filter} onChange={onChange} />}
    </details>
  )
}

function Selects({ filter, onChange }: Props) {
  const { data, error, reload } = useLoad(
    signal => ask<DumpPage>('dumps', { query: { ...requestOf(filter, Date.now()), limit: 1, facets: true }, signal }),
    [JSON.stringify(queryOf(filter)), dumpsChanged.value],
    { keep: true },
  )
  return (
    <div class="dumps-facets">
      <RangePicker range={filter.range} onChange={range => onChange({ range })} />
      {names.map(name => (
        <Select
          key={name}
          name={name}
          value={filter[name]}
          choices={data?.facets?.[name] ?? []}
          onChange={value => onChange({ [name]: value })}
        />
      ))}
      {filter.fault && (
        <Button onClick={() => onChange({ fault: '' })} title="Show the dumps of all faults">
          Fault {filter.fault} ✕
        </Button>
      )}
      {error !== null && <Failure error={error} retry={reload} />}
    </div>
  )
}

interface SelectProps {
  name: Name
  value: string
  choices: Facets[Name]
  onChange(value: string): void
}

function Select({ name, value, choices, onChange }: SelectProps) {
  const title = titles[name]
  const isKnown = value === '' || choices.some(choice => choice.value === value)
  return (
    <select aria-label={title} value={value} onChange={event => onChange(event.currentTarget.value)}>
      <option value="">Every {title.toLowerCase()}</option>
      {!isKnown && <option value={value}>{value}</option>}
      {choices.map(choice => (
        <option key={choice.value} value={choice.value}>
          {choice.value} ({choice.count.toLocaleString('en')})
        </option>
      ))}
    </select>
  )
}
