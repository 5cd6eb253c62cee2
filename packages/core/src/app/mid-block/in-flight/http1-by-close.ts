import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import * as http from '../../../lib/node-http.js'
import { type RequestStart, requestStart } from './http1.js'
import { describeResponse, ofResponses } from './responses.js'
import type { Source, SourceContext } from './row.js'

/** Whether this Node tells which response has a socket, as `createHttp1Source` needs it. */
export function hasHttpMessage(): boolean {
  try {
    const socket = new EventEmitter() as Socket & { _httpMessage?: unknown }
    const response = new http.ServerResponse(new http.IncomingMessage(new Socket()))
    response.assignSocket(socket)
    const assigned = socket._httpMessage === response
    response.detachSocket(socket)
    return assigned && !socket._httpMessage
  } catch {
    return false
  }
}

/**
 * HTTP/1 requests for a Node without `_httpMessage`: each is noted when it starts and struck off when its response
 * closes (not when it finishes: an aborted one never does). Costs about a microsecond per request.
 */
export function createHttp1SourceByClose({
  clock,
  isOurs,
  onError,
  begun,
  links,
}: SourceContext): Source<ServerResponse> {
  const responses = new Map<ServerResponse, number>()

  function onStart(message: unknown): void {
    try {
      const { response } = message as RequestStart
      responses.set(response, clock())
      response.on('close', onClose)
      begun(source as Source<unknown>, response, clock())
      links.enter(response)
    } catch (error) {
      onError('counting a request', error)
    }
  }

  function onClose(this: ServerResponse): void {
    responses.delete(this)
  }

  function forget(response: ServerResponse): void {
    responses.delete(response)
    response.removeListener('close', onClose)
  }

  const source: Source<ServerResponse> = {
    start: () => subscribe(requestStart, onStart),
    stop() {
      unsubscribe(requestStart, onStart)
      for (const response of responses.keys()) forget(response)
    },
    each(visit) {
      for (const [response, since] of responses) {
        const { req } = response
        const { originalUrl, url } = req as IncomingMessage & { originalUrl?: string }
        // Responses that were queued when their connection died do not close, before Node 24.
        if (response.destroyed || req.socket.destroyed) forget(response)
        else if (!isOurs(req, originalUrl ?? url)) visit(response, since, false)
      }
    },
    describe: response => describeResponse(response, response.socket === null),
    ...ofResponses,
  }
  return source
}
