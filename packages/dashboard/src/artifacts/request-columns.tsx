import { formatDuration } from '../ui/format.ts'
import { Outside } from '../ui/outside.tsx'
import type { Column } from './data-table.tsx'
import {
  type Call,
  callTitle,
  type RequestRow,
  type RouteGroup,
  routeKey,
  statesInWords,
  type TargetGroup,
  type Wait,
} from './request-rows.ts'

/** Nothing may be known of it, which is not the same as nothing. */
const Unknown = () => (
  <span class="muted" title="Nothing is known of what it waits for: the call was not linked to its request">
    not known
  </span>
)

/** How many there are in a group, how old, and in which state. */
const figures = (title: string): Column<RouteGroup | TargetGroup>[] => [
  {
    id: 'count',
    title,
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
]

export const routeColumns = (waits: Map<string, Wait[]>): Column<RouteGroup>[] => [
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
  ...figures('Count'),
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

export const requestColumns: Column<RequestRow>[] = [
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
    id: 'trace',
    title: 'Trace',
    by: ({ traceId }) => traceId ?? '',
    show: ({ traceId, traceUrl }) => (traceId ? <Trace id={traceId} url={traceUrl} /> : '–'),
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

function Trace({ id, url }: { id: string; url: string | undefined }) {
  const short = <code title={id}>{id.slice(0, 8)}…</code>
  return url ? <Outside href={url}>{short}</Outside> : short
}

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

export const targetColumns: Column<TargetGroup>[] = [
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
  ...figures('Calls'),
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
