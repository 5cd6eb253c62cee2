import type { Fleet, FleetAnswer, FleetRequest, Member } from '../../model/fleet.js'
import { json, Problem, problemBody, problemOf } from '../problem.js'
import type { Call } from '../route.js'
import { type InstanceQuery, select } from './select.js'

/** What one of several processes has answered: what it would have said if it had been asked alone. */
export interface InstanceAnswer {
  id: string
  pid: number
  /** The HTTP status. */
  status: number
  body: unknown
}

/** Names those that did what was asked. */
const doneHeader = 'autodump-instances'

/** Names those that did not, where there are some. */
const failedHeader = 'autodump-instances-failed'

/** What each process has answered to `instance=all`, or the problem that kept it from that. */
export interface InstanceAnswers {
  instances: InstanceAnswer[]
}

/** The others are asked for the same route; what they are asked with stands here. */
export interface Plan extends Omit<FleetRequest, 'method' | 'path'> {
  /** What this process answers by itself. */
  own(): Promise<Response> | Response
  /** Who is meant where the request does not say. @default 'own' */
  otherwise?: 'own' | 'program'
  /** Nobody else is asked unless this process has said yes. @default false */
  ownFirst?: boolean
}

/**
 * Answers for the processes that `?instance=` means, and says in a header which they were. One alone: its answer, as if
 * it had been asked itself. `all` by name: what each says. Several by default: the answer of this process.
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
    ...chosen.others.map(member => askOne(fleet, member, request)),
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

/** Only what is an id gets into a path: the handler has looked. */
const pathOf = (path: string, { id, file }: Call['params']) => path.replace(':id', id).replace(':file', file)

/** Asks each; whoever does not answer, or not in time, has that as his answer. Never rejects. */
export function askEach(fleet: Fleet, members: Member[], request: FleetRequest): Promise<InstanceAnswer[]> {
  return Promise.all(members.map(member => askOne(fleet, member, request)))
}

async function askOne(fleet: Fleet, member: Member, request: FleetRequest): Promise<InstanceAnswer> {
  try {
    const { status, body } = await fleet.ask(member.id, request)
    return { id: member.id, pid: member.pid, status, body }
  } catch (error) {
    const problem = problemOf(error) ?? new Problem(500, 'it could not be asked')
    return { id: member.id, pid: member.pid, status: problem.status, body: problemBody(problem) }
  }
}

const answerOf = async ({ id, pid }: Member, response: Response): Promise<InstanceAnswer> => {
  return { id, pid, status: response.status, body: await response.json() }
}

/** A refusal as the answer that it would have been. */
function asResponse(error: unknown): Response {
  const problem = problemOf(error)
  if (!problem) throw error
  return json(problemBody(problem), { status: problem.status, headers: problem.headers })
}

/** The answer of another process as ours. Where a dump is, is a matter of where we are mounted. */
function relayed({ status, etag, retryAfter, body }: FleetAnswer, { id }: Member, prefix: string): Response {
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
