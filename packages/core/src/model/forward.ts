import type { Manifest } from './manifest.js'
import type { ForwardedCalls, MonitorApi } from './monitor-api.js'

/** The calls behind a `MonitorApi`. A dump that is begun has two: one for its id, one for its end. */
export interface ForwardableCalls extends ForwardedCalls {
  /** Resolves with the id when the dump was admitted. */
  begin(request: unknown): Promise<string>
  /** Resolves with the manifest when the dump is on disk. */
  settled(id: string): Promise<Manifest>
}

type Call = <K extends keyof ForwardableCalls>(
  name: K,
  ...args: Parameters<ForwardableCalls[K]>
) => Promise<Awaited<ReturnType<ForwardableCalls[K]>>>

/** Every name, or it does not compile. */
const forwarded = Object.keys({
  updateThresholds: true,
  cancel: true,
  captures: true,
  samplesJson: true,
  runs: true,
  faults: true,
  markFault: true,
  list: true,
  manifest: true,
  artifact: true,
  pprof: true,
  liveProfile: true,
  explain: true,
  remove: true,
  setPinned: true,
} satisfies Record<keyof ForwardedCalls, true>) as (keyof ForwardedCalls)[]

/** Calls on an object that has them. A call that it does not have is one of `otherwise`. */
export function callOn(calls: Partial<ForwardableCalls>, otherwise?: () => Promise<never>): Call {
  return (name, ...args) => ((calls[name] ?? otherwise) as (...args: unknown[]) => never)(...args)
}

/** The part of a `MonitorApi` that somebody else answers. */
export function forward(call: Call): ForwardedCalls & Pick<MonitorApi, 'begin'> {
  const calls = Object.fromEntries(
    forwarded.map(name => [
      name,
      (...args: never[]) => (call as (name: string, ...args: never[]) => unknown)(name, ...args),
    ]),
  ) as unknown as ForwardedCalls
  return {
    ...calls,
    async begin(request) {
      const id = await call('begin', request)
      const done = call('settled', id)
      done.catch(() => {}) // A caller that does not wait for the end need not hear of its failure here.
      return { id, done }
    },
  }
}
