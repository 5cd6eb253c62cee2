import type { AppHooks, HookName } from '../link/app-hooks.js'
import type { AppLink } from '../link/app-link.js'

const refuse = (): never => {
  throw new Error('this test has no such hook')
}

const noHooks: AppHooks = {
  'profiler.engine': refuse,
  'profiler.now': refuse,
  'profiler.stack': refuse,
  'profiler.start': refuse,
  'profiler.stop': refuse,
  'recorder.rotate': refuse,
  'memory.sampling': refuse,
  'memory.resume': refuse,
  'memory.usage': refuse,
  'memory.countSnapshot': refuse,
  'memory.hold': refuse,
  'snapshot.begin': () => false,
  'snapshot.withdraw': () => false,
  'asyncStacks.prepare': refuse,
  'asyncStacks.pause': refuse,
  'asyncStacks.watch': refuse,
  'asyncStacks.collect': refuse,
  'asyncWait.watch': refuse,
  'asyncWait.collect': refuse,
  'frames.look': refuse,
  'frames.clock': refuse,
  'frames.describe': refuse,
  report: refuse,
  requests: refuse,
}

/** The table of hooks for an app thread of which a test needs only some. */
export const hooksWith = (given: Partial<AppHooks>): AppHooks => ({ ...noHooks, ...given })

type Answer<K extends HookName> = ReturnType<AppHooks[K]>

/** Hooks that may also answer late, or reject. */
export type FakeHooks = { [K in HookName]?: (...args: Parameters<AppHooks[K]>) => Answer<K> | Promise<Answer<K>> }

/** A link to an app thread that has these hooks; the rest refuse. */
export function fakeLink(hooks: FakeHooks, rest: Partial<Omit<AppLink, 'call'>> = {}): AppLink {
  return {
    call: async (name, ...args) => {
      const hook = (hooks[name] ?? noHooks[name]) as (...given: typeof args) => Promise<Answer<typeof name>>
      return hook(...args)
    },
    post: async () => ({}),
    on: () => {},
    close: () => {},
    ...rest,
  }
}
