import { once } from 'node:events'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Listens on a free port of the loopback and resolves with it. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** Resolves as soon as the condition holds; rejects after 100 s, which only a hang takes, with the words of `describe`. */
export async function until(condition: () => boolean, describe: () => unknown = () => condition): Promise<void> {
  const deadline = Date.now() + 100_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`it did not come about: ${String(describe())}`)
    await new Promise(resolve => setTimeout(resolve, 2))
  }
}

/** A client that says exactly the given bytes and keeps the answer. It may be cut off at any time. */
export function rawClient(port: number): { socket: Socket; heard(): string } {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.on('data', chunk => {
    heard += chunk.toString('latin1')
  })
  socket.on('error', () => {})
  return { socket, heard: () => heard }
}

/** The text of a request without a body. */
export function request(method: string, target: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`
}

/** Runs a full garbage collection. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}
