import type { Manifest, Sample } from '@autodump/core'
import type { Listed } from './listed.js'

/** The samples of a dump, and the process that they are of. */
export interface DumpSamples {
  listed: Listed
  /** The same for all dumps of one process. */
  process: string
  /** Oldest first. */
  samples: Sample[]
}

/** Those of a complete dump do not change: the next replay, with other thresholds, reads nothing. */
const mostKept = 60_000

/** A manifest that cannot be read is `null`: junk, or a dump that has just gone. */
export function createDumpSamples(manifestOf: (listed: Listed) => Promise<Manifest | undefined>) {
  const kept = new Map<string, DumpSamples>()
  let count = 0

  function keep(one: DumpSamples): void {
    kept.set(one.listed.key, one)
    count += one.samples.length
    for (const [key, { samples }] of kept) {
      if (count <= mostKept) break
      kept.delete(key)
      count -= samples.length
    }
  }

  return async (listed: Listed): Promise<DumpSamples | null> => {
    const known = kept.get(listed.key)
    if (known) return known
    const manifest = await manifestOf(listed).catch(() => undefined)
    if (!manifest) return null
    const { pid, host } = manifest.process
    const process = JSON.stringify([listed.service, listed.instance, listed.version, host, pid])
    const samples = manifest.samples.flatMap(plain).sort((a, b) => a.at - b.at)
    const one = { listed, process, samples }
    if (manifest.state === 'complete' && !kept.has(listed.key)) keep(one)
    return one
  }
}

/** The part that the rules look at. Somebody else may have written it. */
function plain({ at, values, capturing, starting }: Sample): Sample[] {
  if (!Number.isFinite(at) || typeof values !== 'object' || values === null) return []
  const figures = Object.entries(values).filter(([, value]) => value === null || Number.isFinite(value))
  return [
    {
      at,
      values: Object.fromEntries(figures),
      ...(capturing === true && { capturing: true }),
      ...(starting === true && { starting: true as const }),
    },
  ]
}
