import type { Writable } from 'node:stream'
import type { NodeRequest, NodeResponse } from './node.js'
import { leavesTooMuch, linger } from './node-body.js'

/**
 * Sends a Fetch response as the answer to `req`. Resolves when all of it was handed over or the client has left;
 * rejects where the body fails, and then the connection is to be destroyed.
 */
export async function send(response: Response, req: NodeRequest, res: NodeResponse): Promise<void> {
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
  if (response.body) await writeBody(response.body, res)
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

/** A client that leaves cancels the body at once, also while there is nothing to write to it. */
async function writeBody(body: NonNullable<Response['body']>, res: Writable): Promise<void> {
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
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  } finally {
    res.off('close', leave)
    res.off('drain', drain)
  }
}
