import type { Fleet, FleetAnswer, FleetRequest, Instance } from '../../model/fleet.js'
import { json, Problem, problemBody, problemOf } from '../problem.js'
import type { Call } from '../route.js'
import { type InstanceQuery, select } from './select.js'

/** The answer of one of several processes: the same as if it had been asked alone. */
export interface InstanceAnswer {
  id: string
  pid: number
  /** The HTTP status. */
  status: number
  body: unknown
}

/** Names the processes that obeyed. */
const doneHeader = 'autodump-instances'

/** Names those that did not, where there are some. */
const failedHeader = 'autodump-instances-failed'

/** The answer of each process to `instance=all`, or the problem that kept it from that. */
export interface InstanceAnswers {
  instances: InstanceAnswer[]
}

/** The request to the other instances; the route is the same. */
export interface Plan extends Omit<FleetRequest, 'method' | 'path'> {
  /** The answer of this process itself. */
  own(): Promise<Response> | Response
  /** The target if the request names none. @default 'own' */
  otherwise?: 'own' | 'program'
  /** Asks the others only after this process has answered with success. @default false */
  ownFirst?: boolean
}

/**
 * Answers for the processes that `?instance=` selects, and lists them in a header. One alone: its answer, as if it had
 * been asked itself. `all` by name: the answer of each. Several by default: the answer of this process.
 */
export async function answerFor(
  { admin, route, params, query }: Call<InstanceQuery>,
  { own, otherwise, ownFirst, ...rest }: Plan,
): Promise<Response> {
  const request = { method: route.method, path: pathOf(route.path, params), ...rest }
  const { fleet } = admin.monitor
  const chosen = await select(fleet, query.instance, otherwise)
  const [only] = chosen.others
  if (!chosen.own && only) return relayed(await fleet.ask(only.id, request), only, admin.prefix)
  if (chosen.others.length === 0 && !chosen.each) return stated(await own(), [fleet.own.id])

  let first = ownFirst ? await own() : undefined
  const [mine, ...theirs] = await Promise.all([
    first ?? Promise.resolve().then(own).catch(asResponse),
    ...chosen.others.map(instance => askOne(fleet, instance, request)),
  ])
  first = mine
  const answers = [await answerOf(fleet.own, first.clone()), ...theirs]
  const [done, failed] = [true, false].map(isDone => answers.filter(({ status }) => status < 300 === isDone)) as [
    InstanceAnswer[],
    InstanceAnswer[],
  ]
  if (done.length === 0) throw nobody(answers, first.headers.get('retry-after'))
  const body = chosen.each ? json({ instances: answers } satisfies InstanceAnswers, { status: done[0]?.status }) : first
  return stated(body, ids(done), ids(failed))
}

/** Only valid ids get into a path: the handler has checked them. */
const pathOf = (path: string, { id, file }: Call['params']) => path.replace(':id', id).replace(':file', file)

/** Asks each instance; a missing or late answer becomes an error answer. Never rejects. */
export function askEach(fleet: Fleet, instances: Instance[], request: FleetRequest): Promise<InstanceAnswer[]> {
  return Promise.all(instances.map(instance => askOne(fleet, instance, request)))
}

async function askOne(fleet: Fleet, instance: Instance, request: FleetRequest): Promise<InstanceAnswer> {
  try {
    const { status, body } = await fleet.ask(instance.id, request)
    return { id: instance.id, pid: instance.pid, status, body }
  } catch (error) {
    const problem = problemOf(error) ?? new Problem(500, 'it could not be asked')
    return { id: instance.id, pid: instance.pid, status: problem.status, body: problemBody(problem) }
  }
}

const answerOf = async ({ id, pid }: Instance, response: Response): Promise<InstanceAnswer> => {
  return { id, pid, status: response.status, body: await response.json() }
}

/** Turns a refusal into the answer that it would have been. */
function asResponse(error: unknown): Response {
  const problem = problemOf(error)
  if (!problem) throw error
  return json(problemBody(problem), { status: problem.status, headers: problem.headers })
}

/** Turns the answer of another process into ours. The location of a dump depends on our mount path. */
function relayed({ status, etag, retryAfter, body }: FleetAnswer, { id }: Instance, prefix: string): Response {
  const isDone = status < 300
  const dump = isDone && (body as { id?: unknown } | null)?.id
  const headers = {
    ...(etag !== undefined && { etag }),
    ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
    ...(typeof dump === 'string' && { location: `${prefix}/dumps/${dump}` }),
  }
  const response =
    status === 204
      ? new Response(null, { status })
      : json(body, { status, headers, ...(!isDone && { type: 'application/problem+json' }) })
  return isDone ? stated(response, [id]) : stated(response, [], [id])
}

function nobody(answers: InstanceAnswer[], retryAfter: string | null): Problem {
  const why = answers.map(({ pid, body }) => `${pid}: ${(body as { detail?: unknown } | null)?.detail ?? 'it refused'}`)
  const headers: Record<string, string> = retryAfter === null ? {} : { 'retry-after': retryAfter }
  return new Problem(answers[0]?.status ?? 503, `no process did it (${why.join('; ')})`, { headers })
}

function stated(response: Response, done: string[], failed: string[] = []): Response {
  if (done.length > 0) response.headers.set(doneHeader, done.join(', '))
  if (failed.length > 0) response.headers.set(failedHeader, failed.join(', '))
  return response
}

const ids = (answers: InstanceAnswer[]): string[] => answers.map(({ id }) => id)
