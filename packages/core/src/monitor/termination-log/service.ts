import { existsSync } from 'node:fs'
import { monotonic } from '../../lib/clock/monotonic.js'
import { codeOf } from '../../lib/files.js'
import { writeTerminationFile } from '../../lib/termination-file.js'
import { createNoted } from '../../link/shared-note.js'
import type { Manifest } from '../../model/manifest.js'
import type { Sample } from '../../model/sample.js'
import { defaultTerminationLog } from '../../options/termination-log.js'
import { describeRequests } from '../captures/requests.js'
import type { Service } from '../service.js'
import { describeScene, sayTrouble } from './text.js'

const shownSamples = 8

/** Milliseconds between two texts while nothing is wrong. */
const calmEvery = 5000

const idle = { stop: async () => {} }

/**
 * Keeps the file current that Kubernetes shows when the container has ended: a process that is killed says nothing then.
 */
export const terminationLog: Service = async ({ api, data, onError }) => {
  const path = data.options.terminationLog
  if (path === false) return idle
  const noted = data.blackBox ? createNoted(data.blackBox.note) : () => null
  let samples: Sample[] = []
  let dump: Manifest | null = null
  let writtenAt = Number.NEGATIVE_INFINITY
  /** The next text is due in any case. */
  let isNews = true

  function put(headline: string, isUrgent: boolean): void {
    const { labels, bucket } = api.status()
    const note = noted()
    const text = describeScene({
      ...{ pid: process.pid, labels, headline, dump, samples },
      url: bucket?.newest?.url ?? null,
      requests: note && { ...describeRequests(note.table, note.at, data.options.links), at: note.at },
    })
    writeTerminationFile(path as string, text, { isUrgent })
  }

  /** Writes each sample while something is wrong, else one every few seconds. */
  function write(): void {
    const trouble = sayTrouble(api.status())
    if (trouble === null && !isNews && monotonic() - writtenAt < calmEvery) return
    // Says as soon as possible that the trouble is over.
    isNews = trouble !== null
    writtenAt = monotonic()
    put(trouble ?? 'nothing is wrong', trouble !== null)
  }

  function contained(work: () => void): void {
    try {
      work()
    } catch (error) {
      onError('write the termination log', error)
    }
  }

  try {
    write()
  } catch (error) {
    // Most processes have no such file, or none that they may write.
    if (path === defaultTerminationLog && (!existsSync(path) || silent.has(codeOf(error) ?? ''))) return idle
    onError('write the termination log', error)
    return idle
  }

  isNews = true
  const onSample = (sample: Sample) => {
    samples = [sample, ...samples.slice(0, shownSamples - 1)]
    contained(write)
  }
  const onDump = (manifest: Manifest) => {
    dump = manifest
    isNews = true
    contained(write)
  }
  api.on('sample', onSample)
  api.on('dump', onDump)
  return {
    async stop() {
      api.off('sample', onSample)
      api.off('dump', onDump)
      contained(() => put(`the monitor was stopped at ${new Date().toISOString()}`, false))
    },
  }
}

/** It is there, and not ours to write. */
const silent = new Set(['EACCES', 'EPERM', 'EROFS', 'ELOOP', 'ENXIO', 'EISDIR', 'ERR_ACCESS_DENIED'])
