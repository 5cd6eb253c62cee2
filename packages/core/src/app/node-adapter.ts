import type { SeenBy } from '../http/node.js'
import type { NodeRequest, NodeResponse } from '../http/node-types.js'
import { createServerLife } from '../http/server-life.js'
import { isBelow } from '../lib/path.js'
import type { Options } from '../model/options.js'
import { createAdminHandler, createNodeListener } from './late-admin.js'
import { createMonitor, type Monitor } from './monitor.js'

/** The parts of the middleware of a framework on Node's servers. */
export interface NodeAdapter {
  readonly monitor: Monitor
  /**
   * Whether a request is for the admin routes, by the rest of its URL after the framework's prefix. Call it for every
   * request: it also lets the monitor live with the server.
   */
  isOurs(req: NodeRequest, url: string): boolean
  /** Answers a request to the admin routes. The promise always resolves, once that is done or the client has gone. */
  answer(req: NodeRequest, res: NodeResponse, seen: SeenBy): Promise<void>
}

/**
 * A monitor that begins at once, keeps no process alive, and stops when the servers are closed that the adapter is in;
 * and its admin routes, whose prefix is relative to where the framework has mounted the adapter.
 *
 * @throws AutodumpError `INVALID` that lists every invalid option
 */
export function createNodeAdapter(options: Options = {}): NodeAdapter {
  const monitor = createMonitor(options)
  const { logger, requests } = monitor
  const { prefix, profiles } = monitor.options
  const pullPrefix = profiles.pull?.prefix
  const listener = createNodeListener(createAdminHandler(monitor, { auth: options.auth, logger }), (what, error) =>
    logger.warn(`autodump: ${what}: ${error}`),
  )
  const failed = (error: unknown) => logger.warn(`autodump: ${error}`)
  // Only a request that needs the monitor waits for it; the application and the end of the process never do.
  const start = () => void monitor.start({ ref: false }).catch(failed)
  start()
  const life = createServerLife({
    start,
    stop: () => void monitor.stop({ ref: false }).catch(failed),
    onShared: () =>
      logger.warn('autodump: this server has it twice; each has a monitor, dumps and admin routes of its own'),
  })
  return {
    monitor,
    isOurs(req, url) {
      life.meet(req)
      return prefix === '' || isBelow(url, prefix) || (pullPrefix !== undefined && isBelow(url, pullPrefix))
    },
    async answer(req, res, seen) {
      // Requests to us are not the application's load.
      requests.ignore(req)
      const answered = Promise.resolve(listener(req, res, undefined, seen))
      life.answering(answered)
      await answered
    },
  }
}
