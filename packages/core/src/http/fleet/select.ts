import type { Fleet, Member } from '../../model/fleet.js'
import { Problem } from '../problem.js'

/** The parameter of every route that forwards. */
export interface InstanceQuery {
  /**
   * Id or pid of a process that shares the dump directory, see `/instances`; or `all`.
   * @maxLength 32
   * @pattern ^(all|[1-9][0-9]{0,9}(-[0-9a-f]{8})?)$
   */
  instance?: string
}

export interface Selection {
  /** Whether the process that answers is meant. */
  own: boolean
  others: Member[]
  /** Somebody has asked for `all`, and so for what each of them says. */
  each: boolean
}

/**
 * Finds those that a request means, among those that live.
 *
 * @param wanted the parameter, as its schema has let it through
 * @param otherwise who is meant where there is none: the process that answers, or all that run the same program. Others
 *   that happen to share the directory, the default one say, must be named.
 * @throws Problem 404 where nobody has that id or pid, 400 where several have that pid
 */
export async function select(
  fleet: Fleet,
  wanted: string | undefined,
  otherwise: 'own' | 'program' = 'own',
): Promise<Selection> {
  if (wanted === fleet.own.id || (wanted === undefined && otherwise === 'own'))
    return { own: true, others: [], each: false }
  const others = await fleet.others()
  if (wanted === 'all') return { own: true, others, each: true }
  if (wanted === undefined)
    return { own: true, others: others.filter(({ script }) => script === fleet.own.script), each: false }
  const matching = [fleet.own, ...others].filter(({ id, pid }) => id === wanted || String(pid) === wanted)
  if (matching.length === 0) throw refused(404, `\`instance\`: no process ${wanted} shares the dump directory`)
  if (matching.length > 1)
    throw refused(400, `\`instance\`: ${wanted} is one of ${matching.map(({ id }) => id).join(', ')}`)
  const own = matching[0] === fleet.own
  return { own, others: own ? [] : matching, each: false }
}

function refused(status: number, detail: string): Problem {
  return new Problem(status, detail, { errors: [{ field: 'instance', message: detail.replace(/^`instance`: /, '') }] })
}
