import { useMemo, useState } from 'preact/hooks'
import { route, setQuery } from '../state/route.ts'
import { Card } from '../ui/card.tsx'
import { formatDuration } from '../ui/format.ts'
import { Empty } from '../ui/notes.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { DataTable } from './data-table.tsx'
import { Guarded } from './guarded.tsx'
import { loadJson, type ViewerProps } from './load.ts'
import { requestColumns, routeColumns, targetColumns } from './request-columns.tsx'
import { matchesAll, type Requests, routeKey, targetTitle, textsOf, type Wait, waitsByRoute } from './request-rows.ts'

/** `requests.json`: the unanswered requests, by route and one by one, and the calls that the process waits for. */
export function RequestsView({ dump, artifact }: ViewerProps) {
  return (
    <Guarded dump={dump} artifact={artifact} load={loadJson<Requests>}>
      {requests => <Tables requests={requests} />}
    </Guarded>
  )
}

function Tables({ requests }: { requests: Requests }) {
  const [filter, setFilter] = useState('')
  const { total, truncated, staleMs, groups, outbound } = requests
  const waits = useMemo(() => waitsByRoute(requests), [requests])
  const views = [
    { id: 'routes', label: `By route (${groups.length})` },
    { id: 'requests', label: `One by one (${total.toLocaleString('en')})` },
    { id: 'outbound', label: `Waits for (${outbound.total.toLocaleString('en')})` },
  ]
  const asked = route.value.query.get('view')
  const view = views.find(({ id }) => id === asked)?.id ?? 'routes'
  if (total === 0 && outbound.total === 0)
    return <Empty title="No request was in flight">The process had answered all that it was asked.</Empty>

  const routes = groups.filter(({ method, route }) =>
    matchesAll(filter, [routeKey(method, route), ...waitsText(waits, method, route)]),
  )
  const rows = requests.requests.filter(row => matchesAll(filter, textsOf(row)))
  const targets = outbound.groups.filter(({ kind, target, routes }) =>
    matchesAll(filter, [targetTitle(kind, target), ...routes.map(({ method, route }) => routeKey(method, route))]),
  )
  const count = { routes: routes.length, requests: rows.length, outbound: targets.length }[view] ?? 0
  return (
    <Card>
      <p class="artifact-lead">
        <strong>{total.toLocaleString('en')}</strong> {total === 1 ? 'request' : 'requests'} in flight, waiting for{' '}
        <strong>{outbound.total.toLocaleString('en')}</strong> {outbound.total === 1 ? 'call' : 'calls'} to the outside.
        {truncated && ` Only the oldest ${requests.requests.length.toLocaleString('en')} are listed.`}
        {staleMs > 1000 &&
          ` The event loop had not turned for ${formatDuration(staleMs)}: some may have been answered since.`}
      </p>
      <Tabs
        label="Requests"
        items={views}
        current={view}
        onSelect={id => setQuery({ view: id === 'routes' ? undefined : id })}
      />
      <div class="artifact-filter">
        <input
          type="search"
          value={filter}
          placeholder="Filter by route, path, state, target"
          aria-label="Filter"
          onInput={event => setFilter(event.currentTarget.value)}
        />
        <span class="muted small" aria-live="polite">
          {filter.trim() && `${count.toLocaleString('en')} left`}
        </span>
      </div>
      {count === 0 ? (
        <Empty title="Nothing here">
          {filter.trim() ? 'Nothing matches the filter.' : 'Nothing of this kind was under way.'}
        </Empty>
      ) : (
        <>
          {view === 'routes' && (
            <DataTable
              label="Requests by route"
              columns={routeColumns(waits)}
              rows={routes}
              sorting={{ column: 'count', descending: true }}
              keyOf={({ method, route, guessed }) => `${guessed} ${routeKey(method, route)}`}
            />
          )}
          {view === 'requests' && (
            <DataTable
              label="Requests one by one"
              columns={requestColumns}
              rows={rows}
              sorting={{ column: 'age', descending: true }}
              keyOf={({ url }, index) => `${index} ${url}`}
            />
          )}
          {view === 'outbound' && (
            <DataTable
              label="What the process waits for"
              columns={targetColumns}
              rows={targets}
              sorting={{ column: 'count', descending: true }}
              keyOf={({ kind, target }) => `${kind} ${target}`}
            />
          )}
        </>
      )}
    </Card>
  )
}

const waitsText = (waits: Map<string, Wait[]>, method: string, route: string) =>
  (waits.get(routeKey(method, route)) ?? []).map(({ text }) => text)
