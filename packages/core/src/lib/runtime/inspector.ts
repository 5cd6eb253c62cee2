import { Session } from 'node:inspector'
import { flagFor, isGranted } from './permission.js'
import { runtimeName, runtimeOf } from './runtime.js'

/** The inspector protocol domains that captures use, each with a command that changes nothing. */
const domains = {
  Profiler: 'Profiler.disable',
  HeapProfiler: 'HeapProfiler.disable',
  NodeTracing: 'NodeTracing.getCategories',
} as const

export type Domain = keyof typeof domains

/** Milliseconds for a thread to answer itself; if it answers at all, it does so before `post` returns. */
const patience = 500

/** The reason why no session of the inspector may be opened, `null` if one may. Ask before opening: see `isGranted`. */
export function whyNoInspector(): string | null {
  if (process.features.inspector === false) return `this ${runtimeName()} was built without the inspector`
  if (isGranted('inspector')) return null
  const flag = flagFor('inspector')
  return flag
    ? `Node's permission model grants the inspector by ${flag} only`
    : `under its permission model ${runtimeName()} has no inspector`
}

/** The reason why no other thread can reach into the app thread, `null` if one may be able to. */
export const whyNoLink = (): string | null =>
  runtimeOf() === 'node' ? whyNoInspector() : `in ${runtimeName()} no thread reaches into another`

/** The inspector's offer to its own thread. */
export async function ownDomains(): Promise<ReadonlySet<Domain>> {
  const found = new Set<Domain>()
  if (whyNoInspector() !== null) return found
  try {
    const session = new Session()
    session.connect()
    try {
      await Promise.all(
        Object.entries(domains).map(async ([domain, command]) => {
          if (await answers(session, command)) found.add(domain as Domain)
        }),
      )
    } finally {
      session.disconnect()
    }
  } catch {
    // Then there is none.
  }
  return found
}

function answers(session: Session, command: string): Promise<boolean> {
  return new Promise(resolve => {
    setTimeout(() => resolve(false), patience).unref()
    session.post(command, error => resolve(!error))
  })
}
