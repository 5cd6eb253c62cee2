import { createAdminHandler } from '../../http/admin-handler.js'
import { messageOf } from '../../lib/errors.js'
import type { ResolvedAdmin } from '../../model/admin-options.js'
import type { Service } from '../service.js'
import { watchProbes, withProbes } from './probes.js'
import { type AdminServer, startAdminServer } from './server.js'

/** Milliseconds before the next try for an address in use: the process that holds it may be about to exit. */
const retryAfter = 10_000

/** Milliseconds between two checks of the process role. */
const lookEvery = 500

/** The admin routes on the engine's own thread: they answer while the app thread is blocked. */
export const adminServer: Service = async ({ api, data, uploads, role, logger, report, onError }) => {
  const place = data.options.admin
  const auth = data.adminAuth
  if (place === null || auth === null) return { stop: async () => {} }
  const probes = watchProbes({ api, data, uploads })
  const handler = withProbes(createAdminHandler(api, { auth, logger }), probes.state)
  let server: AdminServer | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  async function start(where: ResolvedAdmin): Promise<void> {
    try {
      const started = await startAdminServer(handler, where, { open: auth === false, onError })
      if (stopped) return await started.close()
      server = started
      report({ admin: { address: server.address, error: null } })
      logger.info(`autodump: the admin server listens at ${server.address}`)
    } catch (error) {
      if (stopped) return
      const why = explain(where, error)
      report({ admin: { address: null, error: why } })
      onError('start the admin server', new Error(why))
      timer = setTimeout(() => {
        starting = start(where)
      }, retryAfter)
      timer.unref()
    }
  }

  async function leave(): Promise<void> {
    clearTimeout(timer)
    await server?.close()
    server = undefined
    report({ admin: { address: null, error: 'this process only starts others, which the address is left to' } })
  }

  let starting = Promise.resolve()
  let begun = false
  /** A process that starts the program must not take the address before it. */
  function look(where: ResolvedAdmin): void {
    const wanted = { works: true, 'starts others': false, unknown: begun }[role()]
    if (wanted === begun || stopped) return
    begun = wanted
    starting = starting.then(() => (wanted ? start(where) : leave()))
  }
  look(place)
  await starting
  const looking = data.inherited ? setInterval(look, lookEvery, place).unref() : undefined

  return {
    async stop() {
      stopped = true
      probes.close()
      clearTimeout(timer)
      clearInterval(looking)
      await starting
      await server?.close()
      report({ admin: null })
    },
  }
}

function explain(place: ResolvedAdmin, error: unknown): string {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return messageOf(error)
  return 'port' in place
    ? `${place.host}:${place.port} is taken, perhaps by another process of this program: with port 0 each takes a free one, which its log and status tell`
    : `${place.path} is taken: another process listens there, and each needs a path of its own`
}
