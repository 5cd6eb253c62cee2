import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import type { NodeRequest } from './node-types.js'
import { mayBeRebound } from './rebinding.js'

const request = (host: string | undefined, socket: object = {}) =>
  ({
    headers: { host },
    socket: { remoteAddress: '127.0.0.1', localAddress: '127.0.0.1', localPort: 3000, ...socket },
  }) as unknown as NodeRequest

describe('a request may come from a page that lets its name point here', () => {
  it.each([
    ['evil.example:3000', {}],
    ['EVIL.example.:3000', {}],
    ['127.0.0.1.evil.example:3000', {}],
    ['localhost.evil.example:3000', {}],
    ['evil.example', { localPort: 80 }],
    ['evil.example:', { localPort: 80 }],
    ['evil.example:3000', { remoteAddress: '::1', localAddress: '::1' }],
    ['evil.example:3000', { remoteAddress: '::ffff:127.0.0.1', localAddress: '::ffff:127.0.0.1' }],
    ['evil.example:3000', { remoteAddress: '192.168.1.5', localAddress: '192.168.1.5' }],
  ])('%s %j', (host, socket) => expect(mayBeRebound(request(host, socket))).toBe(true))

  it.each([
    ['localhost:3000', {}],
    ['shop.localhost:3000', {}],
    ['127.0.0.1:3000', {}],
    ['[::1]:3000', {}],
    ['[::ffff:127.0.0.1]:3000', {}],
    [`${hostname()}:3000`, {}],
    // Names of services, in a mesh or in Compose.
    ['shop:3000', {}],
    // A proxy on this machine.
    ['shop.example', {}],
    ['shop.example:443', {}],
    ['shop.example:8080', {}],
    // From elsewhere: every client that reaches it is let in.
    ['shop.example:3000', { remoteAddress: '10.0.0.7' }],
    // A sidecar: the connection has another address at each end.
    ['shop.default.svc:3000', { remoteAddress: '127.0.0.6' }],
    ['shop.example:3000', { encrypted: true }],
    ['shop.example:3000', { remoteAddress: undefined, localAddress: undefined, localPort: undefined }],
    [undefined, {}],
    ['', { localPort: 80 }],
  ])('not %s %j', (host, socket) => expect(mayBeRebound(request(host, socket))).toBe(false))
})
