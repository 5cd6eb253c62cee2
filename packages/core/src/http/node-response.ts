import type { Writable } from 'node:stream'
import { createBudget } from './budget.js'
import { connectionOf, isKnown } from './known-connections.js'
import { leavesTooMuch, linger } from './node-body.js'
import type { NodeRequest, NodeResponse } from './node-types.js'

/** Answers with a part that waits for a client that does not read. Each holds its buffers, and perhaps an open file. */
const hold = createBudget({ holders: 128, bytes: 32 * 1024 ** 2 })

/** Milliseconds that a client has to read the waiting part: 64 KiB in two minutes is slower than any modem. */
const stallPatience = 120_000

/**
 * Sends a Fetch response as the answer to `req`. Resolves when all of it was handed over or the client has left;
 * rejects if the body fails, and then the caller must destroy the connection.
 *
 * @param patience milliseconds that the client may go without reading
 */
export async function send(
  response: Response,
  req: NodeRequest,
  res: NodeResponse,
  patience = stallPatience,
): Promise<void> {
  if (res.destroyed || res.writableEnded || res.headersSent) {
    await response.body?.cancel()
    return
  }
  res.on('error', () => {}) // A write to a client that has just left; `close` follows.
  res.statusCode = response.status
  for (const [name, value] of response.headers) {
    if (name === 'set-cookie') res.appendHeader(name, value)
    else res.setHeader(name, value)
  }
  const isHttp2 = 'stream' in res
  const refusesRest = leavesTooMuch(req)
  if (refusesRest && !isHttp2) res.setHeader('connection', 'close')
  const known = isKnown(connectionOf(req))
  const stall = () => waitForClient(res, known, patience)
  if (response.body) await writeBody(response.body, res, stall)
  if (refusesRest && !isHttp2) await linger(req)
  await finish(res, isHttp2 ? res.stream : res, stall)
  if (refusesRest && isHttp2) {
    res.stream.close()
    req.resume() // A stream with unread data never closes, and neither does its session.
  }
}

/** Waits until the client has read, or has left. */
function waitForClient(res: NodeResponse, known: boolean, patience: number): () => void {
  const cutOff = () => void res.destroy()
  const timer = setTimeout(cutOff, patience).unref()
  const { release } = hold({ bytes: res.writableLength, known, cutOff })
  return () => {
    clearTimeout(timer)
    release()
  }
}

/**
 * @param writable the stream that has finished when all was handed over: over HTTP/2 the response has only when its
 * stream is closed
 */
async function finish(res: NodeResponse, writable: Writable, stall: () => () => void): Promise<void> {
  let read = () => {}
  let over = false
  await new Promise<void>(resolve => {
    const end = () => {
      over = true
      resolve()
    }
    res.once('close', end)
    writable.once('finish', end)
    if (res.destroyed) return end()
    // Without a callback: middleware that wraps `end` (compression, sessions) takes it for a chunk.
    res.end()
    // If the client reads, the answer is out by then.
    setImmediate(() => {
      if (!over) read = stall()
    })
  })
  read()
}

/** A client that leaves cancels the body at once, also while there is nothing to write to it; one that stalls is cut off. */
async function writeBody(body: Body, res: Writable, stall: () => () => void): Promise<void> {
  const reader = body.getReader()
  let wake = () => {}
  let over = false
  const end = () => {
    over = true
    wake()
  }
  const leave = () => {
    end()
    reader.cancel().catch(() => {})
  }
  const drain = () => wake()
  reader.closed.catch(end) // It may also fail while a client that does not read keeps us from asking for more.
  res.once('close', leave)
  res.on('drain', drain)
  try {
    for (let next = await reader.read(); !next.done && !res.destroyed; next = await reader.read()) {
      const hasRoom = res.write(next.value)
      if (hasRoom || over) continue
      const drained = new Promise<void>(resolve => {
        wake = resolve
      })
      const read = stall()
      await drained
      read()
    }
  } finally {
    res.off('close', leave)
    res.off('drain', drain)
  }
}

type Body = NonNullable<Response['body']>
