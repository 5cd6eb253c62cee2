import { triggerNames } from '@autodump/core/rules'
import { useEffect, useRef, useState } from 'preact/hooks'
import { status } from '../state/live.ts'
import { setQuery } from '../state/route.ts'
import { metricTitle, ruleTitle } from '../ui/format.ts'
import { type Filter, queryOf } from './list.ts'
import { MoreFilters } from './more-filters.tsx'

/** Milliseconds after the last key before the server is asked. */
const typingPause = 250

/** The filter is part of the address, so a search can be shared. */
export function FilterBar({ filter, seen }: { filter: Filter; seen: string[] }) {
  const [text, setText] = useState(filter.q)
  const timer = useRef<number | undefined>(undefined)
  useEffect(() => {
    // The address may change by other means: a link, or "clear the filter".
    if (filter.q !== text.trim()) setText(filter.q)
  }, [filter.q])
  useEffect(() => () => clearTimeout(timer.current), [])

  const show = (change: Partial<Filter>) => {
    clearTimeout(timer.current)
    setQuery(queryOf({ ...filter, q: text, ...change }))
  }
  const type = (q: string) => {
    setText(q)
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => setQuery(queryOf({ ...filter, q })), typingPause)
  }
  const metrics = [...new Set([...Object.keys(status.value?.metrics ?? {}), ...seen, filter.metric])].filter(Boolean)

  return (
    <search>
      <form
        class="dumps-filter"
        onSubmit={event => {
          event.preventDefault()
          show({})
        }}
      >
        <input
          class="dumps-search"
          data-search
          type="search"
          placeholder="Search sentence, reason, id"
          aria-label="Search dumps"
          value={text}
          onInput={event => type(event.currentTarget.value)}
        />
        <select
          aria-label="Metric"
          value={filter.metric}
          onChange={event => show({ metric: event.currentTarget.value })}
        >
          <option value="">All metrics</option>
          {metrics.map(metric => (
            <option key={metric} value={metric}>
              {metricTitle(metric)}
            </option>
          ))}
        </select>
        <select aria-label="Rule" value={filter.rule} onChange={event => show({ rule: event.currentTarget.value })}>
          <option value="">All rules</option>
          {triggerNames.map(rule => (
            <option key={rule} value={rule}>
              {ruleTitle(rule)}
            </option>
          ))}
        </select>
        <label class="dumps-only-pinned">
          <input
            type="checkbox"
            checked={filter.pinned}
            onChange={event => show({ pinned: event.currentTarget.checked })}
          />
          Pinned only
        </label>
        <MoreFilters filter={filter} onChange={show} />
      </form>
    </search>
  )
}
