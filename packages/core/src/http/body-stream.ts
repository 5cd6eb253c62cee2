import type { Readable } from 'node:stream'

/**
 * The body of a response, read from a Node stream, one chunk per request for one. An early end - the response is
 * dropped before its first byte, the client goes away - destroys the stream, which closes its file.
 * (`ReadableStream.from` does not destroy a stream that was never read, as for `HEAD`.)
 */
export function streamBody(stream: Readable, request: Request): ReadableStream<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]()
  stream.on('error', () => {}) // Errors before or after reading do not matter; an error while reading rejects `next`.
  const abort = () => void stream.destroy()
  request.signal.addEventListener('abort', abort, { once: true })
  // `request` is kept here: its signal follows the client only as long as the request itself is alive.
  stream.once('close', () => request.signal.removeEventListener('abort', abort))
  if (request.signal.aborted) abort()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: abort,
    },
    { highWaterMark: 0 },
  )
}
