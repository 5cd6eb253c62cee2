import type { Manifest } from '@autodump/core'
import { bytesOf, compactSamples, type KnownSamples } from './compact-samples.js'
import type { LinesFile } from './lines-file.js'
import type { Listed } from './listed.js'
import { samplesInLine, savedSamples } from './saved-samples.js'

/** The samples of a dump that is listed. */
export interface DumpSamples extends KnownSamples {
  listed: Listed
}

/** Bytes. More than a replay looks at, so the next one, with other thresholds, reads nothing. */
const mostKept = 24 * 1024 ** 2

interface Parts {
  manifestOf(listed: Listed): Promise<Manifest | undefined>
  /** Keeps the samples for the next server. @default nothing is kept */
  file?: Pick<LinesFile, 'read' | 'keep'>
  /** @default 24 MiB */
  most?: number
}

/**
 * The samples of dumps. Those of complete ones stay, as nobody changes them: the least used go first. A manifest that
 * cannot be read is `null`: junk, or a dump that has just gone.
 */
export function createDumpSamples({ manifestOf, file, most = mostKept }: Parts) {
  const kept = new Map<string, KnownSamples>()
  let bytes = 0
  let changes = 0
  let reading: Promise<unknown> | undefined

  function keep(key: string, one: KnownSamples): void {
    if (kept.has(key)) return
    kept.set(key, one)
    bytes += bytesOf(one.samples)
    for (const [oldest, { samples }] of kept) {
      if (bytes <= most) break
      kept.delete(oldest)
      bytes -= bytesOf(samples)
    }
  }

  /** The file of the server before: read at the first use. One that is cut off has lines that are whole. */
  const readFile = async () =>
    file?.read(line => {
      const found = samplesInLine(line)
      if (found) keep(found.key, found.known)
    })

  function* lines(): Generator<object> {
    for (const [key, one] of kept) yield savedSamples(key, one)
  }

  return async (listed: Listed): Promise<DumpSamples | null> => {
    reading ??= readFile()
    await reading
    const { key } = listed
    const known = kept.get(key)
    if (known) {
      // It goes to the end of those that may go.
      kept.delete(key)
      kept.set(key, known)
      return { listed, process: known.process, samples: known.samples }
    }
    const manifest = await manifestOf(listed).catch(() => undefined)
    if (!manifest) return null
    const { pid, host } = manifest.process
    const process = JSON.stringify([listed.service, listed.instance, listed.version, host, pid])
    const samples = compactSamples(manifest.samples)
    if (manifest.state === 'complete') {
      keep(key, { process, samples })
      file?.keep(String(++changes), lines)
    }
    return { listed, process, samples }
  }
}
