import { type Ask, askInstance } from '../control/client.js'
import { listInstances } from '../control/instances.js'
import { askStatus } from '../control/last-status.js'
import { AutodumpError, messageOf } from '../lib/errors.js'
import type { Fleet, Instance } from '../model/fleet.js'

/**
 * Milliseconds that another instance has to answer. Its monitor thread answers, so even a blocked one needs only a few.
 */
const usualPatience = 3000

/**
 * The other instances, seen from the engine's thread.
 *
 * @param patience for tests
 */
export function createFleet(dir: string, own: Instance, patience = usualPatience): Fleet & { close(): void } {
  const closing = new AbortController()
  const living = async () => (await listInstances(dir)).filter(({ id }) => id !== own.id)
  return {
    own,
    /** Stops all requests: another instance's dump may take minutes, and this process wants to stop. */
    close: () => closing.abort(new Error('the monitor has stopped')),
    async others() {
      return (await living()).map(({ id, pid, host, title, script, labels, node, version, startedAt }) => {
        return { id, pid, host, title, script, labels, node, version, startedAt }
      })
    },
    async ask(id, { method, path, query: more, body, ifMatch, wait }) {
      const instance = (await living()).find(one => one.id === id)
      if (!instance) throw new AutodumpError('NOT_FOUND', `there is no process ${id} any more`)
      const timeout = patience + (wait ?? 0)
      // Named, so that the instance answers for itself alone and does not ask all others in turn.
      const query = new URLSearchParams({
        instance: instance.id,
        ...(wait !== undefined && { wait: 'true' }),
        ...(more && { since: String(more.since) }),
      })
      const init: Ask = {
        method,
        ...(body !== undefined && { body: JSON.stringify(body) }),
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(ifMatch !== undefined && { 'if-match': ifMatch }),
        },
        timeout,
        // Silence is not the only failure: a byte now and then would be no answer either.
        signal: AbortSignal.any([AbortSignal.timeout(1.5 * timeout), closing.signal]),
      }
      const to = `${path}?${query}`
      const asked = path === '/status' ? askStatus(dir, instance, to, init) : askInstance(instance, to, init)
      const response = await asked
      const text = await response.text().catch(error => {
        throw new AutodumpError('STOPPED', `process ${instance.pid} did not finish its answer: ${messageOf(error)}`)
      })
      const { status, headers } = response
      const [etag, retryAfter] = [headers.get('etag') ?? undefined, headers.get('retry-after') ?? undefined]
      return { status, etag, retryAfter, body: status === 204 ? null : parsed(text, instance.pid) }
    },
  }
}

function parsed(text: string, pid: number): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AutodumpError('FAILED', `the answer of process ${pid} is not JSON`)
  }
}
