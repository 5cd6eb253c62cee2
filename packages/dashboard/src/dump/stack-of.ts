import type { Finding } from '../api/types.ts'
import { type CpuProfile, descend, isRuntime, nameOf, ownTimes, placeOf } from '../compare/profiles.ts'

export interface StackFrame {
  name: string
  /** `src/orders.js:41`; empty where there is no file. */
  place: string
  isCulprit: boolean
  /** Of Node or V8. */
  isRuntime: boolean
}

export interface NamedFunction {
  name: string
  file: string
}

/** The function that the findings of a CPU profile blame; `undefined` where they blame none. */
export function culpritIn(findings: readonly Finding[]): NamedFunction | undefined {
  for (const { kind, data } of findings) {
    if (kind !== 'culprit' && kind !== 'hot-before') continue
    const { name, file } = (data?.function ?? data ?? {}) as { name?: unknown; file?: unknown }
    if (typeof name === 'string' && typeof file === 'string' && file !== '') return { name, file }
  }
  return undefined
}

/** A call below another is part of the stack while it takes this share of it. */
const most = 0.5
const longest = 40

/**
 * The stack on which a function spent most of its time, innermost first: its callers, and its callees as far as they
 * were mostly the same. Empty if the profile does not have the function, e.g. because it was compiled to another name.
 */
export function stackOf(profile: CpuProfile, { name, file }: NamedFunction): StackFrame[] {
  const byId = new Map(profile.nodes.map(node => [node.id, node]))
  const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map(child => [child, id] as const)))
  const totals = totalsOf(profile)
  const totalOf = (id: number) => totals.get(id) ?? 0
  const isCulprit = ({ callFrame }: CpuProfile['nodes'][number]) =>
    callFrame.functionName === name && isFile(callFrame.url, file)
  const [at] = profile.nodes.filter(isCulprit).sort((a, b) => totalOf(b.id) - totalOf(a.id))
  if (!at) return []

  const frameOf = (id: number): StackFrame => {
    const { callFrame } = byId.get(id) as CpuProfile['nodes'][number]
    return {
      ...{ name: nameOf(callFrame), place: placeOf(callFrame) },
      ...{ isCulprit: id === at.id, isRuntime: isRuntime(callFrame) },
    }
  }
  const stack: StackFrame[] = []
  for (let id: number | undefined = at.id; id !== undefined && parents.has(id); id = parents.get(id))
    stack.push(frameOf(id))
  for (let id = at.id; stack.length < longest; ) {
    const [next] = (byId.get(id)?.children ?? []).toSorted((a, b) => totalOf(b) - totalOf(a))
    if (next === undefined || totalOf(next) < most * totalOf(id)) break
    stack.unshift(frameOf(next))
    id = next
  }
  return stack.slice(0, longest)
}

/** `file` is relative to the working directory of the process, `url` is not. */
function isFile(url: string, file: string): boolean {
  const path = url.replace(/^file:\/\//, '').replaceAll('\\', '/')
  const wanted = file.replaceAll('\\', '/').replace(/^\.\//, '')
  return path === wanted || path.endsWith(`/${wanted}`)
}

/** Milliseconds of each node with all that it called. */
function totalsOf(profile: CpuProfile): Map<number, number> {
  const totals = ownTimes(profile)
  const calls: [id: number, caller: number | undefined][] = []
  descend<number | undefined>(profile, undefined, ({ id }, caller) => {
    calls.push([id, caller])
    return id
  })
  // The innermost first: the sum of a caller is whole.
  for (const [id, caller] of calls.reverse())
    if (caller !== undefined) totals.set(caller, (totals.get(caller) ?? 0) + (totals.get(id) ?? 0))
  return totals
}
