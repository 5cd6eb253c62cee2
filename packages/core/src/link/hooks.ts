import { runInThisContext } from 'node:vm'
import type { AppHooks, HookName } from './app-hooks.js'

const key = Symbol.for('autodump.hooks')

type Registry = Map<number, AppHooks>

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

/** Makes the hooks of one monitor reachable for the inspector. Returns a function that undoes it. */
export function registerHooks(monitorId: number, hooks: AppHooks): () => void {
  registry().set(monitorId, hooks)
  return () => void registry().delete(monitorId)
}

/** JavaScript that calls a hook from outside, for `Runtime.evaluate`. */
export function hookExpression(monitorId: number, hook: HookName, args: unknown[]): string {
  const list = args.map(arg => JSON.stringify(arg) ?? 'undefined').join(',')
  return `globalThis[Symbol.for('autodump.hooks')]?.get(${monitorId})?.[${JSON.stringify(hook)}](${list})`
}
