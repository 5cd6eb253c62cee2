import { useMemo, useState } from 'preact/hooks'
import { route, setQuery } from '../state/route.ts'
import { Card } from '../ui/card.tsx'
import { formatDuration } from '../ui/format.ts'
import { Empty } from '../ui/notes.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { Guarded } from './guarded.tsx'
import { loadJson, type ViewerProps } from './load.ts'
import {
  type Call,
  callTitle,
  matchesAll,
  type RequestRow,
  type Requests,
  type RouteGroup,
  routeKey,
  statesInWords,
  type TargetGroup,
  targetTitle,
  textsOf,
  type Wait,
  waitsByRoute,
} from './request-rows.ts'

/** `requests.json`: what was asked and not answered, by route and one by one, and what the process waits for itself. */
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

/** Nothing may be known of it, which is not the same as nothing. */
const Unknown = () => (
  <span class="muted" title="Nothing is known of what it waits for: the call was not linked to its request">
    not known
  </span>
)

const routeColumns = (waits: Map<string, Wait[]>): Column<RouteGroup>[] => [
  {
    id: 'route',
    title: 'Route',
    by: ({ route }) => route,
    show: ({ method, route, guessed }) => (
      <>
        <code>{routeKey(method, route)}</code>
        {guessed && <span class="artifact-place">guessed from the path</span>}
      </>
    ),
  },
  {
    id: 'count',
    title: 'Count',
    isNumber: true,
    by: ({ count }) => count,
    show: ({ count }) => count.toLocaleString('en'),
  },
  {
    id: 'oldest',
    title: 'Oldest',
    isNumber: true,
    by: ({ oldestAgeMs }) => oldestAgeMs,
    show: ({ oldestAgeMs }) => formatDuration(oldestAgeMs),
  },
  {
    id: 'median',
    title: 'Median',
    isNumber: true,
    by: ({ medianAgeMs }) => medianAgeMs,
    show: ({ medianAgeMs }) => formatDuration(medianAgeMs),
  },
  { id: 'states', title: 'State', show: ({ states }) => statesInWords(states) },
  {
    id: 'waits',
    title: 'Waits on',
    show: ({ method, route }) => {
      const list = waits.get(routeKey(method, route))
      if (!list) return <Unknown />
      return (
        <ul class="artifact-waits">
          {list.slice(0, 5).map(({ text, count }) => (
            <li key={text}>
              {count} × <code>{text}</code>
            </li>
          ))}
          {list.length > 5 && <li class="muted">and {list.length - 5} more</li>}
        </ul>
      )
    },
  },
]

const requestColumns: Column<RequestRow>[] = [
  {
    id: 'request',
    title: 'Request',
    by: ({ url }) => url,
    show: ({ method, url, route }) => (
      <>
        <code>{routeKey(method, url)}</code>
        {route && route !== url && <span class="artifact-place">{route}</span>}
      </>
    ),
  },
  { id: 'age', title: 'Age', isNumber: true, by: ({ ageMs }) => ageMs, show: ({ ageMs }) => formatDuration(ageMs) },
  { id: 'state', title: 'State', by: ({ state }) => state, show: ({ state }) => state },
  {
    id: 'waits',
    title: 'Waits on',
    by: ({ waitsOn }) => (waitsOn[0] ? callTitle(waitsOn[0]) : ''),
    show: ({ waitsOn, linked }) => {
      if (waitsOn.length > 0) return waitsOn.map((call, index) => <CallLine key={`${index}`} call={call} />)
      return linked ? <span class="muted">no call to the outside</span> : <Unknown />
    },
  },
  {
    id: 'from',
    title: 'From',
    by: ({ remoteAddress }) => remoteAddress ?? '',
    show: ({ remoteAddress, protocol }) => (
      <>
        {remoteAddress ?? '–'}
        <span class="artifact-place">{protocol}</span>
      </>
    ),
  },
]

function CallLine({ call }: { call: Call }) {
  const line = (
    <>
      <code>{callTitle(call)}</code> <span class="muted">{`${call.state} for ${formatDuration(call.ageMs)}`}</span>
    </>
  )
  if (!call.stack?.length) return <p>{line}</p>
  return (
    <details class="artifact-call">
      <summary>{line}</summary>
      <ol>
        {call.stack.map((frame, index) => (
          <li key={`${index}`}>
            <code>{frame}</code>
          </li>
        ))}
      </ol>
    </details>
  )
}

const targetColumns: Column<TargetGroup>[] = [
  {
    id: 'target',
    title: 'Target',
    by: ({ target }) => target,
    show: ({ kind, target }) => (
      <>
        <code>{target}</code>
        <span class="artifact-place">{kind}</span>
      </>
    ),
  },
  {
    id: 'count',
    title: 'Calls',
    isNumber: true,
    by: ({ count }) => count,
    show: ({ count }) => count.toLocaleString('en'),
  },
  {
    id: 'oldest',
    title: 'Oldest',
    isNumber: true,
    by: ({ oldestAgeMs }) => oldestAgeMs,
    show: ({ oldestAgeMs }) => formatDuration(oldestAgeMs),
  },
  {
    id: 'median',
    title: 'Median',
    isNumber: true,
    by: ({ medianAgeMs }) => medianAgeMs,
    show: ({ medianAgeMs }) => formatDuration(medianAgeMs),
  },
  { id: 'states', title: 'State', show: ({ states }) => statesInWords(states) },
  {
    id: 'routes',
    title: 'For requests of',
    show: ({ routes, linked }) =>
      routes.length === 0 ? (
        <span class="muted">{linked > 0 ? '–' : 'not known'}</span>
      ) : (
        <ul class="artifact-waits">
          {routes.map(({ method, route, count }) => (
            <li key={routeKey(method, route)}>
              {count} × <code>{routeKey(method, route)}</code>
            </li>
          ))}
        </ul>
      ),
  },
]
