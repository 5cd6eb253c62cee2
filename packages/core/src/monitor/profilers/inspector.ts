import { normaliseProfile } from '../../formats/normalise.js'
import type { AppLink } from '../../link/app-link.js'
import type { Profiler } from './profiler.js'

/** The profiler of the inspector protocol. Every Node has it; the price is the longest pause at the start. */
export const inspectorProfiler: Profiler = {
  engine: 'inspector',
  async start(link, { sampleInterval }) {
    const started = await timed(link, async () => {
      const replies = [
        link.post('Profiler.enable'),
        link.post('Profiler.setSamplingInterval', { interval: sampleInterval }),
        link.post('Profiler.start'),
      ]
      await Promise.all(replies).catch(error => {
        link.post('Profiler.disable').catch(() => {})
        throw error
      })
    })
    return {
      async stop() {
        const stopped = await timed(link, async () => {
          const [reply] = await Promise.all([link.post('Profiler.stop'), link.post('Profiler.disable')])
          return (reply as { profile: unknown }).profile
        })
        const profile = normaliseProfile(stopped.value, 'inspector')
        return { profile, pauseMs: started.pauseMs + stopped.pauseMs }
      },
    }
  },
}

/**
 * Milliseconds that commands hold the app thread. The commands are sent along with one reading of the app thread's
 * clock before them and one after, and nothing is awaited in between: the app thread takes all of them in one go.
 */
async function timed<T>(link: AppLink, send: () => Promise<T>): Promise<{ value: T; pauseMs: number }> {
  const now = () => link.call('profiler.now')
  const [before, value, after] = await Promise.all([now(), send(), now()])
  return { value, pauseMs: Math.max(0, after - before) }
}
