import { isIP, type Socket } from 'node:net'
import { hostname } from 'node:os'
import type { TLSSocket } from 'node:tls'
import type { NodeRequest } from './node-types.js'

/**
 * Whether the request may come from a web page that lets its own name point to this machine (DNS rebinding; see
 * decisions/264): it was made on this machine, to a name that somebody can own, and straight to our port. A client
 * behind a proxy has named the proxy's port.
 */
export function mayBeRebound({ socket, headers }: NodeRequest): boolean {
  // Over TLS the page's name would need a certificate that this server does not have.
  if (!socket || (socket as TLSSocket).encrypted || !isFromHere(socket)) return false
  const host = headers.host ?? (headers[':authority'] as string | undefined) ?? ''
  const [, name = '', port = '80'] = /^(.*?)\.?(?::(\d*))?$/.exec(host.toLowerCase()) ?? []
  return Number(port || 80) === socket.localPort && canBeOwned(name)
}

/**
 * For a connection to one of its own addresses, a system uses the same address at the other end, or the loopback
 * address.
 */
function isFromHere({ remoteAddress, localAddress }: Pick<Socket, 'remoteAddress' | 'localAddress'>): boolean {
  if (remoteAddress === undefined) return false
  const address = remoteAddress.replace(/^::ffff:/, '')
  return address === '127.0.0.1' || address === '::1' || remoteAddress === localAddress
}

/** Names without a dot cannot be owned in the public DNS. An IPv6 address has no dot either. */
function canBeOwned(name: string): boolean {
  return (
    name.includes('.') &&
    !name.startsWith('[') &&
    isIP(name) === 0 &&
    !name.endsWith('.localhost') &&
    name !== ownName()
  )
}

const ownName = () => hostname().toLowerCase()
