import { asyncWrapProviders } from 'node:async_hooks'

/**
 * What to do with a resource of a type.
 *
 * - `once`: it is a wait, from its making until its callback runs
 * - `later`: it counts when something shows that it is a wait: an `AsyncResource` of a package or the app when it has run
 *   (many never do), a promise when somebody waits for it
 * - `ignore`: it lives long and says nothing about waiting (sockets, servers, ports, watchers), or never waits (ticks)
 */
export type Treatment = 'once' | 'later' | 'ignore'

const once =
  /^(Timeout|Immediate|PROCESSWRAP|ZLIB|FILEHANDLECLOSEREQ|FSREQ\w+|QUERYWRAP|WRITEWRAP|UDPSENDWRAP|SHUTDOWNWRAP|\w+CONNECTWRAP|\w+REQWRAP|\w+REQUEST|HTTP2PING)$/

// The client's parser, which is made once the socket is there: its request is seen by Node's own channel instead.
const longLived = /^(HTTPCLIENTREQUEST|TickObject|Microtask)$/

const providers = new Set(Object.keys(asyncWrapProviders ?? {}))

export function treatmentOf(type: string): Treatment {
  if (type === 'PROMISE') return 'later'
  if (longLived.test(type)) return 'ignore'
  if (once.test(type)) return 'once'
  // Node's own in capitals, known to this version or not.
  return providers.has(type) || /^[A-Z][A-Z0-9_]*$/.test(type) ? 'ignore' : 'later'
}
