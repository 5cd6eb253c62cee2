import { readLimits } from '../../lib/limits.js'
import { scriptUrl } from '../../lib/script-url.js'
import type { AppLink } from '../../link/app-link.js'
import type { Evidence } from '../../model/evidence.js'
import type { HeapEvidence, HeapProfile } from '../../model/heap-profile.js'
import type { Capture, CaptureContext } from './capture.js'
import { awaitReply } from './pending.js'

/** The newest profile that was taken in this thread. */
let last: HeapEvidence['previous'] = null

/** From this share of the memory limit on, the kernel may kill the process at any moment. */
const tight = 0.9

/** Two profiles that are nearer in time than this, in milliseconds, show no growth. */
const growthNeeds = 500

/**
 * The functions that allocated the live objects: V8's sampling heap profile, which runs from the start. It is taken at once, and again at
 * the end of the capture's duration, which separates growing things from merely large ones. Each forces a full
 * collection, which makes the two comparable. The second is left out where there is no time for it: the event
 * loop is blocked, memory is nearly used up or the monitor stops.
 */
export const heapProfileCapture: Capture = {
  kind: 'heap-profile',
  pause: { fixed: 10, perMiB: 2 },
  refusal: ({ options }) => (options.heapProfile.enabled ? null : 'heapProfile.enabled is false'),
  async take(context) {
    const link = await context.link()
    const previous = last
    const first = await takeProfile(link, context, 'heap.heapprofile', previous)
    context.keep(first)
    if (context.blockedFor > 0 || isTight(first.value as HeapEvidence)) return []
    const taken = performance.now()
    const { cutShort } = await context.wait(context.duration)
    if (cutShort || performance.now() - taken < growthNeeds) return []
    try {
      return [await takeProfile(link, context, 'heap-later.heapprofile', previous)]
    } catch {
      return [] // The second profile is the dispensable one.
    }
  },
}

function isTight({ usage }: HeapEvidence): boolean {
  return usage !== null && usage.rss >= tight * readLimits().memory.bytes
}

async function takeProfile(
  link: AppLink,
  context: CaptureContext,
  file: string,
  previous: HeapEvidence['previous'],
): Promise<Evidence> {
  const reply = <T>(promise: Promise<T>) => awaitReply(context, 'heap profile reply', promise)
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
  const at = Date.now()
  const value: HeapEvidence = { profile, at, sampleInterval: sampling.sampleInterval, usage, previous }
  last = { profile, at }
  return {
    file,
    phase: 'during',
    content: JSON.stringify(profile),
    value,
    pauseMs: Math.max(0, after - before),
    startedAt: at,
    ...(sampling.sampleInterval !== null && { sampleInterval: sampling.sampleInterval }),
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
