import { normaliseProfile } from '../../formats/normalise.js'
import { type AutodumpError, invalid, messageOf } from '../../lib/errors.js'
import type { AppLink } from '../../link/app-link.js'
import type { WorkerProfile } from '../../model/cpu-profile.js'
import type { Evidence } from '../../model/evidence.js'
import type { CaptureContext } from '../captures/capture.js'
import { startOf } from '../profilers/start-of.js'
import { openWorkerSessions, type WorkerSession } from './worker-sessions.js'

/** The number of worker threads to profile at once, at most: threads of a pool do the same work. */
const maxWorkers = 4

/** Microseconds between samples if the options do not say. */
const usualInterval = 1000

const titleOf = ({ threadId, name }: { threadId: number; name: string }) => `worker ${threadId} (${name})`

/**
 * The numbers of the worker threads that a name or a number selects.
 *
 * @throws AutodumpError `INVALID` that names those there are
 */
export async function findWorkers(
  openLink: () => Promise<AppLink>,
  names: ReadonlyMap<number, string>,
  wanted: string | number,
): Promise<number[]> {
  const refuse = (message: string): AutodumpError => invalid('trigger request', [{ field: 'worker', message }])
  const link = await openLink()
  try {
    const alive = await openWorkerSessions(link, names).catch(error => {
      throw refuse(messageOf(error))
    })
    const found = alive.filter(({ name, threadId }) => name === wanted || threadId === wanted)
    if (found.length > 0) return found.map(({ threadId }) => threadId)
    const known = alive.map(titleOf).join(', ') || 'none'
    throw refuse(`must be the name or the number of a worker thread that called registerWorker(); there is ${known}`)
  } finally {
    link.close()
  }
}

/**
 * CPU profiles of worker threads: of those with the given numbers, else of all registered ones; four at most. The
 * inspector makes them: it can start one within a loop too, and holds only that worker thread for it.
 */
export async function profileWorkers(context: CaptureContext, threadIds?: number[]): Promise<Evidence[]> {
  const link = await context.openLink()
  try {
    const all = await openWorkerSessions(link, context.knownWorkers())
    const workers = all.filter(({ threadId }) => threadIds?.includes(threadId) ?? true).slice(0, maxWorkers)
    if (threadIds && workers.length === 0) throw new Error('the worker thread has ended')
    const taken = await Promise.allSettled(workers.map(worker => profileWorker(context, worker)))
    const failed = taken.find(one => one.status === 'rejected')
    const evidence = taken.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
    if (failed && evidence.length === 0) throw failed.reason
    return evidence
  } finally {
    link.close()
  }
}

async function profileWorker(context: CaptureContext, worker: WorkerSession): Promise<Evidence> {
  const interval = context.options.cpuProfile.sampleInterval ?? usualInterval
  await worker.post('Profiler.enable')
  await worker.post('Profiler.setSamplingInterval', { interval })
  await worker.post('Profiler.start')
  await Promise.race([context.wait(context.duration), worker.ended])
  const reply = (await worker.post('Profiler.stop')) as { profile: unknown }
  const profile = normaliseProfile(reply.profile, 'inspector')
  const thread = titleOf(worker)
  return {
    file: `cpu-worker-${worker.threadId}.cpuprofile`,
    phase: 'during',
    content: JSON.stringify(profile),
    value: { thread, profile } satisfies WorkerProfile,
    startedAt: startOf(profile),
    engine: 'inspector',
    thread,
  }
}
