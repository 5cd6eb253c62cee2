import type { MonitorApi } from '../model/monitor-api.js'
import { Problem } from './problem.js'

export interface Streams {
  /** A response that sends the monitor's events until it stops, the client leaves or does not keep up. @throws Problem 503 */
  open(request: Request): Response
}

export interface StreamLimits {
  /** Streams at once. @default 32 */
  streams?: number
  /** Bytes in the buffer of a client that does not read. @default 256 KiB */
  backlog?: number
  /** Milliseconds between comments that keep proxies from closing a quiet connection. @default 15000 */
  heartbeat?: number
}

interface Client {
  controller: ReadableStreamDefaultController<Uint8Array>
  leave(): void
}

/** Milliseconds that a client has to read the rest once the monitor stops; then the stream is cut off. */
const farewell = 1000

/** One subscription to the monitor for all streams together, and none without streams. */
export function createStreams(
  monitor: MonitorApi,
  { streams: most = 32, backlog = 256 * 1024, heartbeat = 15_000 }: StreamLimits = {},
): Streams {
  const clients = new Set<Client>()
  let unsubscribe = () => {}

  function subscribe(): () => void {
    const onSample = forward('sample')
    const onDecision = forward('decision')
    const onDump = forward('dump')
    const onCapture = forward('capture')
    const timer = setInterval(() => publish(': heartbeat\n\n'), heartbeat)
    timer.unref()
    monitor.on('sample', onSample)
    monitor.on('decision', onDecision)
    monitor.on('dump', onDump)
    monitor.on('capture', onCapture)
    monitor.on('stopping', endAll)
    return () => {
      clearInterval(timer)
      monitor.off('sample', onSample)
      monitor.off('decision', onDecision)
      monitor.off('dump', onDump)
      monitor.off('capture', onCapture)
      monitor.off('stopping', endAll)
    }
  }

  function forward(name: string) {
    return (data: unknown) => publish(event(name, data))
  }

  function publish(text: string): void {
    const chunk = Buffer.from(text)
    for (const client of [...clients]) send(client, chunk)
  }

  function send(client: Client, chunk: Uint8Array): void {
    if ((client.controller.desiredSize ?? 0) > 0) return client.controller.enqueue(chunk)
    client.leave()
    client.controller.error(new DOMException('the client does not read', 'AbortError'))
  }

  function endAll(): void {
    for (const { controller, leave } of [...clients]) {
      leave()
      controller.close()
      setTimeout(() => controller.error(new DOMException('the monitor has stopped', 'AbortError')), farewell).unref()
    }
  }

  function join(controller: Client['controller'], request: Request): Client {
    const abort = () => {
      client.leave()
      controller.error(request.signal.reason)
    }
    const client: Client = {
      controller,
      leave() {
        request.signal.removeEventListener('abort', abort)
        if (clients.delete(client) && clients.size === 0) unsubscribe()
      },
    }
    request.signal.addEventListener('abort', abort, { once: true })
    if (clients.size === 0) unsubscribe = subscribe()
    clients.add(client)
    return client
  }

  return {
    open(request) {
      const { state } = monitor.status()
      const headers = { 'retry-after': '1' }
      if (state === 'stopping' || state === 'stopped') throw new Problem(503, 'the monitor is not running', { headers })
      if (clients.size >= most) throw new Problem(503, `${most} streams are open, that is the most`, { headers })
      let client: Client
      const body = new ReadableStream<Uint8Array>(
        {
          start(controller) {
            client = join(controller, request)
            send(client, Buffer.from(`retry: 3000\n\n${event('status', monitor.status())}`))
          },
          cancel: () => client.leave(),
        },
        new ByteLengthQueuingStrategy({ highWaterMark: backlog }),
      )
      return new Response(body, { headers: streamHeaders })
    },
  }
}

/** The last two keep compressing middleware and nginx from holding events back. */
const streamHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
