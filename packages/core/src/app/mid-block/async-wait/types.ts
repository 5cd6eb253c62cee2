import { asyncWrapProviders } from 'node:async_hooks'
import { every, isDigit, isWord } from '../../../lib/chars.js'

/**
 * The treatment of a resource, by its type.
 *
 * - `once`: it is a wait, from its making until its callback runs
 * - `later`: it counts when something shows that it is a wait: an `AsyncResource` of a package or the app when it has run
 *   (many never do), a promise when something waits for it
 * - `ignore`: it lives long and says nothing about waiting (sockets, servers, ports, watchers), or never waits (ticks)
 */
export type Treatment = 'once' | 'later' | 'ignore'

const onceNames = new Set(
  'Timeout Immediate PROCESSWRAP ZLIB FILEHANDLECLOSEREQ QUERYWRAP WRITEWRAP UDPSENDWRAP SHUTDOWNWRAP HTTP2PING'.split(
    ' ',
  ),
)

const onceEndings = ['CONNECTWRAP', 'REQWRAP', 'REQUEST']

// The client's parser is made once the socket is there: Node's own channel shows its request instead.
const ignored = new Set(['HTTPCLIENTREQUEST', 'TickObject', 'Microtask'])

const providers = new Set(Object.keys(asyncWrapProviders ?? {}))

// Without regular expressions, because it runs in the middle of the app's code (decision 098).
export function treatmentOf(type: string): Treatment {
  if (type === 'PROMISE') return 'later'
  if (ignored.has(type)) return 'ignore'
  if (isOnce(type)) return 'once'
  return providers.has(type) || isInCapitals(type) ? 'ignore' : 'later'
}

function isOnce(type: string): boolean {
  if (onceNames.has(type)) return true
  if (!every(type, isWord)) return false
  const isFile = type.startsWith('FSREQ') && type.length > 'FSREQ'.length
  return isFile || onceEndings.some(ending => type.endsWith(ending) && type.length > ending.length)
}

const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a

/** As Node writes its own types, known to this version or not. */
const isInCapitals = (type: string): boolean =>
  type !== '' && isCapital(type.charCodeAt(0)) && every(type, code => isCapital(code) || isDigit(code) || code === 0x5f)
