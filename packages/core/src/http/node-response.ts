import type { Writable } from 'node:stream'
import type { NodeRequest, NodeResponse } from './node.js'
import { leavesTooMuch, linger } from './node-body.js'

/** Answers of which some part waits for a client that does not read, the one that has waited longest first. */
const stalled = new Set<Writable>()
/** Each holds an open file and its buffers, so more of them are not kept: the one that has waited longest is cut off. */
const maxStalled = 128
/** Milliseconds that a client may take for the part that waits for it: 64 KiB in two minutes is slower than any modem. */
const stallPatience = 120_000

/**
 * Sends a Fetch response as the answer to `req`. Resolves when all of it was handed over or the client has left;
 * rejects where the body fails, and then the connection is to be destroyed.
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
  if (response.body) await writeBody(response.body, res, patience)
  if (refusesRest && !isHttp2) await linger(req)
  await new Promise<void>(resolve => {
    res.once('close', resolve)
    // A response over HTTP/2 has finished only when its stream is closed.
    const writable: Writable = isHttp2 ? res.stream : res
    writable.once('finish', resolve)
    if (res.destroyed) resolve()
    // Without a callback: middleware that wraps `end` (compression, sessions) takes it for a chunk.
    else res.end()
  })
  if (refusesRest && isHttp2) {
    res.stream.close()
    req.resume() // A stream with data that nobody reads never closes, nor does its session.
  }
}

function cutOffLongest(): void {
  const [longest] = stalled
  if (!longest) return
  stalled.delete(longest)
  longest.destroy()
}

/** A client that leaves cancels the body at once, also while there is nothing to write to it; one that stalls is cut off. */
async function writeBody(body: NonNullable<Response['body']>, res: Writable, patience: number): Promise<void> {
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
      const timer = setTimeout(() => res.destroy(), patience).unref()
      stalled.add(res)
      if (stalled.size > maxStalled) cutOffLongest()
      await new Promise<void>(resolve => {
        wake = resolve
      })
      clearTimeout(timer)
      stalled.delete(res)
    }
  } finally {
    res.off('close', leave)
    res.off('drain', drain)
  }
}
