import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import { inFlight as countedBy, inState } from '../../../core/src/testing/served-app.js'

export { silent, testOptions } from '../../../core/src/testing/served-app.js'

/** Listens on a free port of the loopback until the test is over. Resolves with the port. */
export async function listen(app: FastifyInstance): Promise<number> {
  onTestFinished(async () => {
    // Again and again: after an abort, `fetch` opens connections ahead, and Node waits a minute for their first request.
    const timer = setInterval(() => app.server.closeAllConnections?.(), 20)
    await app.close()
    clearInterval(timer)
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return (app.server.address() as AddressInfo).port
}

/** Resolves when a sample counts that many requests in flight; rejects after ten seconds with the last count. */
export const inFlight = (app: FastifyInstance, count: number): Promise<void> => countedBy(app.autodump, count)

/** Resolves when the monitor runs, which a server that is ready does not wait for. */
export const running = (app: Pick<FastifyInstance, 'autodump'>): Promise<void> => inState(app.autodump, 'running')

/** Resolves when the monitor has stopped, which a server that closes does not wait for long. */
export const stopped = (app: Pick<FastifyInstance, 'autodump'>): Promise<void> => inState(app.autodump, 'stopped')
