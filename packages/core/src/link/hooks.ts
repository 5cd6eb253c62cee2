import { runInThisContext } from 'node:vm'

/**
 * What the monitor thread may run on the app thread, in the middle of whatever that thread is doing. A hook must be
 * tiny, must not run user code, must not throw for long-lived state, and returns JSON-like data.
 */
export type Hook = (...args: never[]) => unknown

export type Hooks = Record<string, Hook>

const key = Symbol.for('autodump.hooks')

type Registry = Map<number, Hooks>

/**
 * The global object that the inspector evaluates in. Test runners (Jest, Vitest's VM pools) run the app in a context of
 * its own, with another `globalThis`.
 */
function mainGlobal(): object {
  try {
    return runInThisContext('globalThis')
  } catch {
    return globalThis
  }
}

function registry(): Registry {
  const holder = mainGlobal() as { [key]?: Registry }
  holder[key] ??= new Map()
  return holder[key]
}

/** Makes the hooks of one monitor reachable for the inspector. Returns how to undo it. */
export function registerHooks(monitorId: number, hooks: Hooks): () => void {
  registry().set(monitorId, hooks)
  return () => void registry().delete(monitorId)
}

/** JavaScript that calls a hook from outside, for `Runtime.evaluate`. */
export function hookExpression(monitorId: number, hook: string, args: unknown[]): string {
  const list = args.map(arg => JSON.stringify(arg) ?? 'undefined').join(',')
  return `globalThis[Symbol.for('autodump.hooks')]?.get(${monitorId})?.[${JSON.stringify(hook)}](${list})`
}
