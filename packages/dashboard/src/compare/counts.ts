import type { AsyncStacksEvidence } from '@autodump/core'
import type { Figure } from './figures.ts'
import { shortFile } from './profiles.ts'

/** The fields that are read of `requests.json`. */
export interface Requests {
  total: number
  groups: { method: string; route: string; count: number }[]
  outbound?: { groups: { kind: string; target: string; count: number }[] }
}

/** How many requests of each route were in flight. */
export function requestFigures({ groups }: Requests): Figure[] {
  return groups.map(({ method, route, count }) => counted(`${method} ${route}`, '', count))
}

/** How many calls waited for each host, database or the like. */
export function outboundFigures({ outbound }: Requests): Figure[] {
  return (outbound?.groups ?? []).map(({ kind, target, count }) => counted(target, kind === target ? '' : kind, count))
}

/** How many async calls were suspended with the same stack. */
export function stackFigures({ groups }: Pick<AsyncStacksEvidence, 'groups'>): Figure[] {
  return groups.map(({ count, frames, waitsOn }) => {
    const [innermost] = frames
    const waits = waitsOn?.type ?? ''
    return {
      name: frames.map(frame => frame.function).join(' ← '),
      place: innermost?.file ? `${shortFile(innermost.file)}:${innermost.line}` : '',
      value: count,
      exact: `${waits}\0${frames.map(frame => `${frame.function}\0${frame.file}\0${frame.line}\0${frame.column}`).join('\0')}`,
      loose: `${waits}\0${frames.map(frame => `${frame.function}\0${frame.file}`).join('\0')}`,
    }
  })
}

function counted(name: string, place: string, value: number): Figure {
  const key = `${name}\0${place}`
  return { name, place, value, exact: key, loose: key }
}
