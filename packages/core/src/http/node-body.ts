import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'
import { maxBodyBytes } from './body.js'

/** `body` exists if a parser of the framework has read the request before us. */
export type BodySource = { body?: unknown }

type NodeRequest = (IncomingMessage | Http2ServerRequest) & BodySource

/** Whether the handler gets a body. */
export function declaresBody(req: NodeRequest): boolean {
  if (req.method === 'GET' || req.method === 'HEAD') return false
  return alreadyParsed(req) || isOnTheWire(req)
}

function isOnTheWire(req: NodeRequest): boolean {
  if ('stream' in req) return !req.stream.endAfterHeaders
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
}

/** The body in the form for Fetch: the output of a parser, else the bytes as they come. */
export function requestBody(req: NodeRequest): ReadableStream<Uint8Array> | string | Uint8Array {
  if (!alreadyParsed(req)) return streamed(req)
  const { body } = req
  if (typeof body === 'string' || body instanceof Uint8Array) return body
  return JSON.stringify(body)
}

/**
 * The encoding on the wire does not apply to a parsed body that is serialised anew. The length header stays: a body
 * over our limit stays refused, even if the new form is shorter.
 */
export function staleHeaders(req: NodeRequest): string[] {
  return alreadyParsed(req) ? ['content-encoding', 'transfer-encoding'] : []
}

/** Some parsers leave `{}` on requests that they did not touch; then the stream is still unread. */
function alreadyParsed(req: NodeRequest): boolean {
  if (req.body === undefined || req.body === null) return false
  return req.readableDidRead || typeof req.body !== 'object' || Object.keys(req.body).length > 0
}

/**
 * Reads only on demand, and never destroys the request: that would take the connection with it, and the answer. Until
 * the first read the request is left alone, so that Node can drop an unwanted body.
 */
function streamed(req: NodeRequest): ReadableStream<Uint8Array> {
  let stop = () => {}
  let begun = false
  function begin(controller: ReadableStreamDefaultController<Uint8Array>): void {
    begun = true
    const data = (chunk: Uint8Array) => {
      req.pause()
      controller.enqueue(chunk)
    }
    const end = () => {
      stop()
      controller.close()
    }
    const broken = () => {
      stop()
      controller.error(new Error('the request ended before its body'))
    }
    stop = () => {
      req.off('data', data).off('end', end).off('close', broken)
      req.pause()
    }
    // A reader has used up the body without leaving it in `req.body`: the body is lost, and guessing at it would be
    // worse.
    if (req.readableEnded || req.destroyed) return broken()
    req.on('error', () => {}) // `close` reports it too; without a listener the error would be uncaught.
    req.on('data', data).on('end', end).on('close', broken)
  }
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (!begun) begin(controller)
        req.resume()
      },
      cancel: () => stop(),
    },
    { highWaterMark: 0 },
  )
}

/**
 * Whether the rest of the body costs more than the connection is worth. A rest within the limit is read and dropped, so
 * that the connection can serve on.
 */
export function leavesTooMuch(req: NodeRequest): boolean {
  if (req.complete || !isOnTheWire(req)) return false
  const declared = req.headers['content-length']
  return declared === undefined || Number(declared) > maxBodyBytes
}

/**
 * Leaves the client a second to read its answer and go, and drops up to a megabyte of incoming data. A connection that
 * is closed while data arrives is reset, and the reset can overtake the answer (RFC 9112 §9.6).
 */
export async function linger(req: NodeRequest): Promise<void> {
  let rest = 1024 ** 2
  const drop = (chunk: Uint8Array) => {
    rest -= chunk.length
    if (rest < 0) req.pause()
  }
  await new Promise<void>(resolve => {
    if (req.destroyed) return resolve()
    setTimeout(resolve, 1000).unref()
    req.once('end', resolve)
    req.once('close', resolve)
    req.on('data', drop)
    req.resume()
  })
  req.off('data', drop)
}
