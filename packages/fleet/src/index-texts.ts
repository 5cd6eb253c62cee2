import { text } from 'node:stream/consumers'
import type { DumpEntry, Fault } from '@autodump/core'
import { severityOf } from '@autodump/core/control'
import type { IndexObject, ObjectStore } from '@autodump/core/object-store'
import { readEach } from './at-once.js'
import { fleetId } from './fleet-id.js'
import type { Listed } from './listed.js'

/** Bytes: ours have some hundred. */
const maxBytes = 256 * 1024
const maxKept = 5000

export type IndexTexts = (listed: Listed[]) => Promise<DumpEntry[]>

/** By the keys of the index. */
export type KeptTexts = Map<string, DumpEntry>

/** The entries of a list, read from the small objects of the index. An object that is gone or odd leaves its key. */
export function createIndexTexts(
  store: ObjectStore,
  /** Of dumps that are complete: nobody writes them again. */
  kept: KeptTexts = new Map(),
): IndexTexts {
  async function read(listed: Listed): Promise<DumpEntry> {
    const known = kept.get(listed.key)
    if (known) return known
    const plain = entryOf(listed, {})
    try {
      const content = await text(await store.get(listed.key, { range: [0, maxBytes - 1] }))
      const object: Unchecked = JSON.parse(content)
      const entry = entryOf(listed, object)
      if (object.state === 'complete') keep(listed.key, entry)
      return entry
    } catch {
      return plain
    }
  }

  function keep(key: string, entry: DumpEntry): void {
    kept.set(key, entry)
    const [oldest] = kept.keys()
    if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest)
  }

  return listed => readEach(listed, read)
}

const states = ['complete', 'partial', 'failed'] as const

/** Any content. */
type Unchecked = { [Field in keyof IndexObject]?: unknown }

function entryOf(listed: Listed, object: Unchecked): DumpEntry {
  const trigger = (object.trigger ?? {}) as { [Field in keyof IndexObject['trigger']]?: unknown }
  const artifacts = Array.isArray(object.artifacts) ? (object.artifacts as DumpEntry['artifacts']) : []
  const { service, version, instance, metric, rule } = listed
  const plain = `${service}: ${rule} of ${metric}`
  return {
    id: fleetId(listed),
    createdAt: new Date(listed.at).toISOString(),
    // The first manifest of a dump that is still being captured, or that nobody came to complete.
    state: states.find(state => state === object.state) ?? 'partial',
    metric: metric === 'process' || metric === rule ? null : metric,
    rule,
    reason: textOf(trigger.reason),
    ...faultIn(object),
    ...severityOf(trigger),
    headline: textOf(object.headline) || textOf(object.summary).slice(0, 140) || plain,
    summary: textOf(object.summary) || plain,
    bytes: typeof object.bytes === 'number' ? object.bytes : 0,
    artifacts: artifacts.filter(isArtifact),
    pinned: false,
    from: { service, version, instance },
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 4000) : '')

const isArtifact = (one: unknown): boolean =>
  typeof one === 'object' && one !== null && typeof (one as { file?: unknown }).file === 'string'

function faultIn({ fault }: Unchecked): Pick<DumpEntry, 'fault'> {
  const { fingerprint, title } = (fault ?? {}) as { [Field in keyof Fault]?: unknown }
  return typeof fingerprint === 'string' && typeof title === 'string' ? { fault: { fingerprint, title } } : {}
}
