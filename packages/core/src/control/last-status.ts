import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { readTrusted, replaceFileSync } from '../lib/trusted.js'
import type { CapturingDump } from '../model/manifest.js'
import type { MonitorApi } from '../model/monitor-api.js'
import type { Status } from '../model/status.js'
import { type Ask, askInstance } from './client.js'
import type { InstanceRecord } from './instance.js'
import { controlDirectories, statusFileOf } from './instances.js'

const maxBytes = 1024 ** 2

/** Milliseconds: a monitor thread with time to spare answers within a few. */
const soon = 1000

/**
 * Keeps a file with the status while a dump is being captured: the monitor thread may stand still in the middle of the
 * capture, see `decisions/262`.
 *
 * @returns ends it, and removes the file
 */
export function noteStatusOfCaptures(
  api: Pick<MonitorApi, 'status' | 'on' | 'off'>,
  file: string,
  onError: (what: string, error: unknown) => void,
): () => void {
  const remove = () => rmSync(file, { force: true })
  const note = (capture: CapturingDump | null) => {
    try {
      if (capture === null) return remove()
      replaceFileSync(
        file,
        JSON.stringify({ ...api.status(), capture, asOf: new Date().toISOString() } satisfies Status),
      )
    } catch (error) {
      onError('note the status of a capture', error)
    }
  }
  // An instance that died in the middle of a capture leaves its file to the next one of the same name.
  note(null)
  api.on('capture', note)
  return () => {
    api.off('capture', note)
    note(null)
  }
}

/** The noted status of an instance, if it is capturing a dump. */
async function readNotedStatus(dir: string, id: string): Promise<Status | null> {
  for (const control of controlDirectories(dir)) {
    const noted = await readTrusted(statusFileOf(join(control, `${id}.json`)), maxBytes)
      .then(text => JSON.parse(text) as Partial<Status> | null)
      .catch(() => null)
    if (typeof noted?.asOf === 'string' && typeof noted.capture === 'object') return noted as Status
  }
  return null
}

/**
 * Asks an instance for its status. If it captures a dump and does not answer at once, the result is its noted status.
 *
 * @param path that of the status, perhaps with a query
 * @throws AutodumpError as `askInstance`
 */
export async function askStatus(
  dir: string,
  instance: Pick<InstanceRecord, 'socket' | 'prefix' | 'pid'> & { id: string },
  path = '/status',
  init: Ask = {},
): Promise<Response> {
  const giveUp = new AbortController()
  const answer = askInstance(instance, path, {
    ...init,
    signal: AbortSignal.any([giveUp.signal, ...(init.signal ? [init.signal] : [])]),
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>(resolve => {
    timer = setTimeout(resolve, soon, 'late')
  })
  const first = await Promise.race([answer, late]).finally(() => clearTimeout(timer))
  if (first !== 'late') return first
  const noted = await readNotedStatus(dir, instance.id)
  if (noted === null) return answer
  answer.catch(() => {}) // The answer is no longer awaited.
  giveUp.abort()
  return new Response(JSON.stringify(noted), { headers: { 'content-type': 'application/json' } })
}
