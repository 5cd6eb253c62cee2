import { contained, type Logger } from '../lib/log.js'
import type { MonitorApi } from '../model/monitor-api.js'
import type { Options } from '../model/options.js'
import { resolveOptions } from '../options/options.js'
import { monitorToken } from './monitor-token.js'

export interface AdminOptions extends Pick<Options, 'auth' | 'logger' | 'dashboard'> {
  /** Path of the routes. @default the `prefix` of the monitor's options */
  prefix?: string
  /** The token if `auth` is left out. @default a random one, logged once for each monitor */
  token?: string
}

/** What is settled, checked and announced of the admin routes before the first request. */
export interface Mount {
  prefix: string
  /** The second path of the profiles; empty if there is none. */
  pullPrefix: string
  dashboard: boolean
  auth: NonNullable<Options['auth']>
  logger: Logger
}

/** @throws AutodumpError `INVALID` for an invalid option */
export function mountAdmin(monitor: MonitorApi, options: AdminOptions): Mount {
  const { token, dashboard = monitor.options.dashboard } = options
  const { prefix } = resolveOptions({
    auth: options.auth,
    prefix: options.prefix ?? monitor.options.prefix,
    dashboard,
    ...(options.logger && { logger: options.logger }),
  })
  const logger = contained(options.logger ?? console)
  // Closed by default.
  const makeToken = () =>
    monitorToken(monitor, made =>
      logger.info(`autodump: no auth option is set; the token for ${prefix || '/'} is ${made}`),
    )
  const auth = options.auth ?? { token: token ?? makeToken() }
  return { prefix, pullPrefix: monitor.options.profiles.pull?.prefix ?? '', dashboard, auth, logger }
}
