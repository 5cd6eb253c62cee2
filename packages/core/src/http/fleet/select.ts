import type { Fleet, Instance } from '../../model/fleet.js'
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
  /** Whether the answering process is selected. */
  own: boolean
  others: Instance[]
  /** Whether the request asked for `all`, and so for the answer of each. */
  each: boolean
}

/**
 * Finds the live processes that a request selects.
 *
 * @param wanted the parameter, validated by its schema
 * @param otherwise the selection without a parameter: the answering process, or all that run the same program. Other
 *   processes that happen to share the directory, such as the default one, must be named.
 * @throws Problem 404 if no process has that id or pid, 400 if several have that pid
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
