import { AutodumpError } from '../lib/errors.js'
import { headlineOf } from '../model/headline.js'
import type { Manifest } from '../model/manifest.js'
import type { Status } from '../model/status.js'
import type { Store } from '../model/store.js'

/** The number of outcomes kept for clients that asked for a dump. Only one dump runs at a time. */
const remembered = 4

/**
 * The ids of finished and failed dumps. Each outcome is announced once, counted by rule, and kept for clients that wait
 * for it.
 */
export interface DumpRegistry {
  /** Announces a dump that is on disk. */
  announce(manifest: Manifest): void
  /** Announces a dump that has begun, once it is on disk. */
  follow(id: string, done: Promise<Manifest>): void
  /** Resolves with the manifest when the dump is on disk. Rejects as the capture did, or with `NOT_FOUND`. */
  settled(id: string): Promise<Manifest>
  figures(): Pick<Status['dumps'], 'last' | 'byRule' | 'newest'>
}

export function createDumpRegistry(store: Pick<Store, 'manifest'>, tell: (manifest: Manifest) => void): DumpRegistry {
  let last: Status['dumps']['last'] = null
  const byRule: Record<string, number> = {}
  const newest: Status['dumps']['newest'] = {}
  const outcomes = new Map<string, Promise<Manifest>>()

  function announce(manifest: Manifest): void {
    const { metric, rule } = manifest.trigger
    const name = `${metric ?? (rule === 'crash' ? 'process' : 'manual')}-${rule}`
    byRule[name] = (byRule[name] ?? 0) + 1
    newest[name] = { id: manifest.id, at: Date.now() }
    last = { id: manifest.id, headline: headlineOf(manifest.summary), summary: manifest.summary.text }
    tell(manifest)
  }

  return {
    announce,
    follow(id, done) {
      const told = done.then(manifest => {
        announce(manifest)
        return manifest
      })
      told.catch(() => {}) // The dumper has reported it.
      // A client may ask for the outcome after another instance's retention has removed the dump.
      outcomes.set(id, told)
      for (const old of [...outcomes.keys()].slice(0, -remembered)) outcomes.delete(old)
    },
    async settled(id) {
      const manifest = await (outcomes.get(id) ?? store.manifest(id))
      if (!manifest) throw new AutodumpError('NOT_FOUND', `there is no dump ${id}`)
      return manifest
    },
    figures: () => ({ last, byRule, newest }),
  }
}
