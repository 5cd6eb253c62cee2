import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { targetOf } from '../in-flight/outbound-http.js'

/**
 * Requests of `node:http`: their resource is made with the socket, when the stack has no function of the app any more.
 * Node's channels fire at the app's call of `http.request`, and when the response's head has come. Node 20 has no such
 * channel: there only a promise around a request shows the wait.
 *
 * @param on `started` is given how to learn the host with its port, and the function above which the stack begins
 */
export function watchClientRequests(on: {
  started(target: () => string, above: unknown): number
  ended(id: number): void
}): { stop(): void } {
  const ids = new WeakMap<object, number>()
  function start(message: unknown): void {
    const { request } = message as { request: ClientRequest }
    ids.set(
      request,
      on.started(() => targetOf(request), start),
    )
  }
  function end(message: unknown): void {
    const id = ids.get((message as { request: object }).request)
    if (id !== undefined) on.ended(id)
  }
  const channels = [
    ['http.client.request.created', start],
    ['http.client.response.finish', end],
    ['http.client.request.error', end],
  ] as const
  for (const [name, listener] of channels) subscribe(name, listener)
  return {
    stop() {
      for (const [name, listener] of channels) unsubscribe(name, listener)
    },
  }
}
