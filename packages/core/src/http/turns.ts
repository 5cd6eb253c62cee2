import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { maxBodyBytes } from './body.js'
import type { NodeRequest, NodeResponse } from './node-types.js'

/** Node notes the turn on a connection (see decisions/020); a replacement for Node's server does not. */
type Connection = Socket & { _httpMessage?: ServerResponse | null }

interface Waiting {
  res: NodeResponse
  /** Bytes. */
  weight: number
  /** Called when its turn has come, or the client has left. */
  wake(): void
}

interface Line {
  waiting: Waiting[]
  weight: number
}

/** The requests of each connection that wait for earlier answers. */
const lines = new Map<Connection, Line>()

let weight = 0

/** The limit for all together: some 2,000 requests. */
const mostWeight = 8 * 1024 ** 2

/** Node's own memory for a request and its response, beside the data from the client. */
const ownWeight = 4096

/**
 * Answers when the answers to the earlier requests of the connection are out. HTTP/1.1 sends them in order, so before
 * that an answer would only take memory. If too much waits in all, the connection with the heaviest line is cut off.
 *
 * @param answer is not called if the client leaves before its turn
 */
export function inTurn(req: NodeRequest, res: NodeResponse, answer: () => Promise<void>): Promise<void> {
  // The requests of HTTP/2 do not wait for each other.
  const socket = 'stream' in req ? undefined : (req.socket as Connection | undefined)
  if (!socket || isTurn(socket, res)) return answer()
  // After a connection was cut off, the parser still hands out the rest of the data that it has read.
  if (socket.destroyed) return Promise.resolve()
  return new Promise(resolve => {
    wait(socket, { res, weight: weightOf(req), wake: () => resolve(socket.destroyed ? undefined : answer()) })
  })
}

const isTurn = ({ _httpMessage: head }: Connection, res: NodeResponse) => !head || head === res

/** Measured by the data sent, since `headers` makes an object of it. */
function weightOf({ rawHeaders, url = '' }: NodeRequest): number {
  let weight = ownWeight + url.length
  for (const [index, text] of rawHeaders.entries()) {
    weight += text.length
    const isLength = index % 2 === 0 && text.length === 14 && text.toLowerCase() === 'content-length'
    if (isLength) weight += Math.min(Number(rawHeaders[index + 1]) || 0, maxBodyBytes)
  }
  return weight
}

function wait(socket: Connection, one: Waiting): void {
  const line = lines.get(socket) ?? { waiting: [], weight: 0 }
  line.waiting.push(one)
  line.weight += one.weight
  weight += one.weight
  if (!lines.has(socket)) {
    lines.set(socket, line)
    watch(socket)
  }
  if (weight > mostWeight) cutOffHeaviest()
}

/**
 * Looks again once the answer whose turn it is has been sent, or never will be: one listener for the whole line. It
 * does not look at once, since answers that block each other would then make a loop.
 */
function watch(socket: Connection): void {
  socket._httpMessage?.once('close', () => setImmediate(look, socket))
}

function look(socket: Connection): void {
  const line = lines.get(socket)
  if (!line) return
  for (let [next] = line.waiting; next && (socket.destroyed || isTurn(socket, next.res)); [next] = line.waiting) {
    line.waiting.shift()
    line.weight -= next.weight
    weight -= next.weight
    next.wake()
  }
  if (line.waiting.length === 0) lines.delete(socket)
  else watch(socket)
}

function cutOffHeaviest(): void {
  const [first, ...others] = lines.entries()
  if (!first) return
  const [socket] = others.reduce((heaviest, one) => (one[1].weight > heaviest[1].weight ? one : heaviest), first)
  socket.destroy()
  look(socket)
}
