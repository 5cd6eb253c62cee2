import { messageOf } from '../../lib/errors.js'
import type { AppEngine } from '../../model/cpu-profile.js'

/**
 * The engine, tried by an empty profile before its first one counts: an engine that loads may still fail, as under
 * `--disable-proto=throw`. The first start of a profile walks over all functions of the app, and a profile that begins
 * while another runs costs next to nothing; so the empty one is made within the first one.
 *
 * If the engine does not work, `start` leaves nothing running and throws an `Error` with the reason.
 */
export function proven(engine: AppEngine): AppEngine {
  let works = false
  return {
    ...engine,
    start(sampleInterval) {
      const end = engine.start(sampleInterval)
      if (works) return end
      try {
        const { nodes } = JSON.parse(engine.start(sampleInterval)())
        if (!Array.isArray(nodes) || nodes.length === 0) throw new Error('it makes no profile')
        works = true
        return end
      } catch (error) {
        try {
          end()
        } catch {
          // As the other one did.
        }
        throw new Error(`${engine.engine} does not work in this process: ${messageOf(error)}`)
      }
    },
  }
}
