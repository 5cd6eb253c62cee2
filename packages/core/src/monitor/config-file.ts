import type { Options } from '../model/options.js'
import { changeBetween, gather } from '../options/gather.js'
import { readConfig } from '../options/read-config.js'
import type { Service } from './service.js'

/** Milliseconds between two checks of the file: about the patience of a user who has just saved it. */
const period = 1000

/**
 * Polls the file and applies its content. A full read costs microseconds and, unlike a file watch, works for every way
 * of replacing the content: written in place, renamed over, or, as with a ConfigMap of Kubernetes, through a link to
 * another directory.
 */
export const configFile: Service = async ({ api, data, logger, reconfigure, onError }) => {
  const { source } = data
  if (!source) return { stop: async () => {} }
  const { env, file } = source
  for (const problem of gather(env, null).problems) onError('the environment', new Error(`${problem}; it is ignored`))
  if (file === null) return { stop: async () => {} }

  let { applied } = source
  let last: string | undefined
  /**
   * The error in the content. It is reported only at the second check, since somebody may be in the middle of writing
   * the file.
   */
  let unreported: string | null = null
  let looking: Promise<void> | undefined

  async function look(path: string): Promise<void> {
    const content = await readConfig(path)
    const key = JSON.stringify(content)
    if (key === last) {
      if (unreported !== null)
        onError(`AUTODUMP_CONFIG ${path}`, new Error(`${unreported}; what was in force before it stays`))
      unreported = null
      return
    }
    last = key
    const { options, fileProblem } = gather(env, content)
    unreported = fileProblem
    if (fileProblem === null) await apply(options)
  }

  async function apply(options: Options): Promise<void> {
    const change = changeBetween(applied, options)
    if (change.is === 'thresholds') {
      await api.updateThresholds(change.patch)
      logger.info(`autodump: AUTODUMP_CONFIG has changed: ${change.words}`)
    } else if (change.is === 'restart') reconfigure(options)
    applied = options
  }

  const begin = () => {
    looking ??= look(file)
      .catch(error => onError(`read AUTODUMP_CONFIG ${file}`, error))
      .finally(() => {
        looking = undefined
      })
  }
  begin()
  const timer = setInterval(begin, period)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}
