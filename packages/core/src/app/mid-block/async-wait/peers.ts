import { Socket } from 'node:net'

// Kept from the start: applications replace them.
const addressOf = Object.getOwnPropertyDescriptor(Socket.prototype, 'remoteAddress')?.get

const portOf = Object.getOwnPropertyDescriptor(Socket.prototype, 'remotePort')?.get

/** Finds the peer behind a piece of work by the resource that it runs for; empty if that is no socket. */
export function createPeers(): { of(resource: object): string } {
  const known = new WeakMap<object, string>()
  return {
    of(resource) {
      let peer = known.get(resource)
      if (peer === undefined) {
        peer = readPeer(resource)
        known.set(resource, peer)
      }
      return peer
    },
  }
}

/** The handle of a socket knows its `Socket` by a symbol that Node does not export. */
function readPeer(resource: object): string {
  for (const symbol of Object.getOwnPropertySymbols(resource)) {
    if (symbol.description !== 'owner_symbol') continue
    const owner = (resource as Record<symbol, unknown>)[symbol]
    if (!(owner instanceof Socket)) return ''
    const address = addressOf?.call(owner) as string | undefined
    const port = portOf?.call(owner) as number | undefined
    if (!address) return ''
    return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
  }
  return ''
}
