import { resolve } from 'node:path'
import { inheritToken } from '../http/monitor-token.js'
import { type Logger, stderrLogger } from '../lib/log.js'
import { redactError } from '../lib/redaction/text.js'
import type { ConfigSource, Environment } from '../model/config-source.js'
import type { Options } from '../model/options.js'
import { type LogLevel, logLevels } from '../options/environment.js'
import { gather } from '../options/gather.js'
import { readConfig } from '../options/read-config.js'
import { createMonitor, type Monitor } from './monitor.js'
import { type RefOptions, takePlace } from './one-monitor.js'

/**
 * Starts a monitor for a program that knows nothing of it. Resolves when the monitor thread is on its way: from then on
 * the thread does not depend on the program.
 */
export async function startZeroCode(env: Environment): Promise<void> {
  const logger = levelled(env.AUTODUMP_LOG)
  const file = env.AUTODUMP_CONFIG ? resolve(env.AUTODUMP_CONFIG) : null
  const ours = Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('AUTODUMP_')))
  const { options } = gather(ours, file === null ? null : await readConfig(file))
  let monitor: Monitor | undefined
  let gone = false
  let turn: Promise<unknown> = Promise.resolve()

  /** The service that watches the environment and the file reports their errors. */
  function begin(applied: Options): Monitor {
    const source: ConfigSource = { env: ours, file, applied }
    const next = createMonitor({ ...applied, logger }, { source, reconfigure })
    if (monitor) inheritToken(next, monitor)
    monitor = next
    return next
  }

  function reconfigure(changed: Options): void {
    turn = turn
      .then(async () => {
        if (gone) return
        logger.info('autodump: AUTODUMP_CONFIG has changed: the monitor starts anew with it')
        await monitor?.stop()
        if (!gone) await begin(changed).start({ ref: false })
      })
      .catch(error => logger.error(`autodump: AUTODUMP_CONFIG: ${redactError(String(error))}`))
  }

  async function giveWay({ ref }: Required<RefOptions>): Promise<void> {
    gone = true
    logger.info(
      'autodump: the application starts a monitor of its own: the one of --import stops, and AUTODUMP_* no longer counts',
    )
    await turn
    await monitor?.stop({ ref })
  }

  if (!takePlace(giveWay)) return
  void begin(options).start({ ref: false })
  // A turn for `start` to get as far as it can without waiting.
  await null
}

/** Standard error, as far as `AUTODUMP_LOG` allows. */
function levelled(wanted: string | undefined): Logger {
  const known = logLevels.indexOf(wanted as LogLevel)
  const most = known < 0 ? logLevels.indexOf('info') : known
  const at = (level: Exclude<LogLevel, 'silent'>) => (logLevels.indexOf(level) <= most ? stderrLogger[level] : () => {})
  return { error: at('error'), warn: at('warn'), info: at('info') }
}
