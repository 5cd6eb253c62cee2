import { scriptUrl } from '../../lib/script-url.js'
import type { AppLink } from '../../link/app-link.js'
import type { HeapEvidence, HeapProfile } from '../../model/heap-profile.js'

export interface SampledHeap extends Omit<HeapEvidence, 'previous'> {
  /** Milliseconds for which the app thread stood still. */
  pauseMs: number
  engine: string
}

/**
 * The sampling heap profile of the app thread as it is now. It forces a full collection.
 *
 * @param reply waits for a reply of the app thread
 */
export async function sampleHeap(
  link: AppLink,
  reply: <T>(promise: Promise<T>) => Promise<T> = promise => promise,
): Promise<SampledHeap> {
  const sampling = await reply(link.call('memory.sampling'))
  if (!sampling.running) throw new Error(`there is no heap profile: ${sampling.why}`)
  const usage = await link.call('memory.usage').catch(() => null)

  // All three are sent at once, so that the app thread answers them in one go and the difference is the pause.
  const now = () => link.call('profiler.now')
  const asked = Promise.all([now(), link.post('HeapProfiler.getSamplingProfile'), now()])
  const [before, answer, after] = await reply(asked).catch(async error => {
    await link.call('memory.resume').catch(() => {})
    throw new Error(`another tool may have ended the heap sampling, which was started again: ${error.message}`)
  })
  const { profile } = answer as { profile: HeapProfile }
  cleanUrls(profile.head)
  return {
    profile,
    at: Date.now(),
    sampleInterval: sampling.sampleInterval,
    usage,
    pauseMs: Math.max(0, after - before),
    engine: sampling.by === 'autodump' ? 'inspector' : 'inspector, sampling started by another tool',
  }
}

function cleanUrls(head: HeapProfile['head']): void {
  const todo = [head]
  for (let node = todo.pop(); node; node = todo.pop()) {
    node.callFrame.url = scriptUrl(node.callFrame.url)
    todo.push(...node.children)
  }
}
