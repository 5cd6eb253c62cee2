import type { WaitsOn } from '../../model/async-stacks.js'
import { type HeapGraph, NodeType } from './graph.js'

/** Tells what a Node object is waiting for, if it waits for something outside the process. */
export interface Resources {
  /** `undefined` for any other object. */
  describe(node: number): WaitsOn | undefined
  /**
   * The connection of a client object: a socket at most two properties away from it, or the object's own connection.
   */
  socketOf(node: number): WaitsOn | undefined
}

const STREAM_HANDLES = new Set(['TCP', 'TLSWrap', 'Pipe'])

const SOCKET_REQUESTS = new Set(['TCPConnectWrap', 'PipeConnectWrap', 'WriteWrap', 'ShutdownWrap', 'UDP', 'SendWrap'])

const LOOKUP = /^(GetAddrInfo|GetNameInfo|Query\w*)ReqWrap$/

const FILE = /^(FSReq(Promise|Callback)|FileHandle(CloseReq)?|ReadFile(Context|Job)|FSEvent|StatWatcher)$/

const HTTP2 = /^(Client|Server)?Http2(Stream|Session)$/

const WEB_STREAM = /^(ReadableStream|DefaultReadRequest|ReadIntoRequest)/

/** Native objects that only pass on the events that others wait for. */
const GO_BETWEEN = new Set(['HTTPParser', 'AsyncResource'])

/** Properties looked at per object: a client has tens, a cache has thousands. */
const MOST_PROPERTIES = 100

export function createResources(graph: HeapGraph): Resources {
  const timeouts = lazily(() => timeoutsByList(graph))

  const property = (node: number, name: string) => (node === -1 ? -1 : graph.follow(node, 'property', name))
  const textOf = (node: number, name: string) => graph.text(property(node, name))
  const numberOf = (node: number, name: string) => graph.number(property(node, name))

  const isSocket = (node: number) => STREAM_HANDLES.has(graph.name(property(node, '<symbol kHandle>')))

  /** Host or address, and the port where the snapshot has numbers. */
  const hostAndPort = (host: string, port: number | undefined) => {
    if (!host) return undefined
    return port === undefined ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`
  }

  /** Node remembers the peer only after a read of `remoteAddress`; otherwise there is the name it connected to. */
  const remote = (socket: number) => {
    const peer = property(socket, '_peername')
    const options = property(socket, '<symbol connect-options>')
    return (
      hostAndPort(textOf(peer, 'address'), numberOf(peer, 'port')) ??
      hostAndPort(textOf(options, 'host'), numberOf(options, 'port')) ??
      hostAndPort(textOf(socket, '_host') || textOf(socket, 'servername'), undefined)
    )
  }

  const clientRequest = (request: number) => {
    // `_header` has the request line as sent; the host header is kept as ['Host', 'example.com:80'].
    const hostHeader = property(property(request, '<symbol kOutHeaders>'), 'host')
    const host = (hostHeader !== -1 && graph.text(graph.follow(hostHeader, 'element', '1'))) || textOf(request, 'host')
    const path = textOf(request, 'path') || textOf(request, '<symbol kPath>')
    return target(textOf(request, 'method'), host, path)
  }

  /** The scope of Node's `fetch()`: only callbacks inside Node hold its promise. */
  const fetchScope = (context: number) => {
    if (graph.follow(context, 'context', 'requestObject') === -1) return undefined
    const request = graph.follow(context, 'context', 'request')
    const href = textOf(property(property(request, 'url'), '#context'), 'href')
    return href ? wait('http', target(textOf(request, 'method'), '', href)) : undefined
  }

  const describe = (node: number): WaitsOn | undefined => {
    if (graph.nodeType[node] !== NodeType.object) return undefined
    const name = graph.name(node)
    if (name === 'system / Context') return fetchScope(node)
    if (name === 'Timeout' && property(node, '_onTimeout') !== -1) {
      const ms = numberOf(node, '_idleTimeout') ?? timeouts().get(node)
      return wait('timer', ms === undefined ? undefined : `${ms} ms`)
    }
    if (name === 'Immediate' && property(node, '_onImmediate') !== -1) return wait('timer', 'setImmediate')
    if (name === 'ClientRequest' && property(node, '_events') !== -1) return wait('http', clientRequest(node))
    if (name === 'Request' && textOf(node, 'origin') && textOf(node, 'path')) {
      return wait('http', target(textOf(node, 'method'), textOf(node, 'origin'), textOf(node, 'path')))
    }
    if (name === 'IncomingMessage' && property(node, '_events') !== -1) {
      const request = property(node, 'req')
      return wait('http', request === -1 ? 'the body of a request' : clientRequest(request))
    }
    if (name === 'ServerResponse' && property(node, '_events') !== -1)
      return wait('http', 'a client to take a response')
    if (HTTP2.test(name)) return wait('http', name)
    if (name === 'ChildProcess') return wait('unknown', `child process ${textOf(node, 'spawnfile')}`.trim())
    if (WEB_STREAM.test(name)) return wait('unknown', 'ReadableStream')
    if (isSocket(node) || name === 'TLSSocket') return wait('socket', remote(node))
    if (STREAM_HANDLES.has(name)) return wait('socket', remote(property(node, '<symbol owner_symbol>')))
    if (name === 'TCPConnectWrap') return wait('socket', hostAndPort(textOf(node, 'address'), numberOf(node, 'port')))
    if (SOCKET_REQUESTS.has(name)) return wait('socket', undefined)
    if (LOOKUP.test(name)) return wait('socket', `lookup of ${textOf(node, 'hostname') || 'a name'}`)
    if (FILE.test(name)) return wait('file', undefined)
    if ((name === 'ReadStream' || name === 'WriteStream') && property(node, 'flags') !== -1) {
      return wait('file', textOf(node, 'path'))
    }
    if (!GO_BETWEEN.has(name) && graph.follow(node, 'internal', 'javascript_to_native') !== -1)
      return wait('unknown', name)
    return undefined
  }

  const socketOf = (node: number): WaitsOn | undefined => {
    const itself = describe(node)
    if (itself) return itself
    let level = [node]
    for (let depth = 0; depth < 2; depth++) {
      const next: number[] = []
      for (const owner of level) {
        for (const target of propertiesOf(graph, owner)) {
          if (isSocket(target)) return wait('socket', remote(target))
          next.push(target)
        }
      }
      level = next
    }
    return undefined
  }

  return { describe: remembered(describe), socketOf: remembered(socketOf) }
}

/** Thousands wait on the same queue: one search of its edges is enough. */
function remembered<Value>(look: (node: number) => Value): (node: number) => Value {
  const known = new Map<number, Value>()
  return node => {
    if (!known.has(node)) known.set(node, look(node))
    return known.get(node) as Value
  }
}

function propertiesOf(graph: HeapGraph, node: number): number[] {
  const prototype = graph.follow(node, 'property', '__proto__')
  return graph
    .targets(node, 'property')
    .slice(0, MOST_PROPERTIES)
    .filter(target => target !== prototype && graph.nodeType[target] === NodeType.object)
}

function wait(type: WaitsOn['type'], detail: string | undefined): WaitsOn {
  return detail ? { type, detail: detail.slice(0, 200) } : { type }
}

/** Query strings may hold secrets, so the text ends before them. */
function target(method: string, host: string, path: string): string {
  return `${method} ${host}${path.replace(/[?#].*$/s, '')}`.trim()
}

/**
 * Milliseconds by timeout. Snapshots without numeric values have no `_idleTimeout`, but Node keeps timeouts in one list
 * for each duration, in an object whose keys are the durations.
 */
function timeoutsByList(graph: HeapGraph): Map<number, number> {
  const found = new Map<number, number>()
  const id = graph.id('TimersList')
  for (let list = 0; list < graph.nodeType.length; list++) {
    if (graph.nodeName[list] !== id || graph.nodeType[list] !== NodeType.object) continue
    // The priority queue of lists, an Array, holds them by position.
    const byDuration = graph
      .retainers(list, 1000)
      ?.find(edge => graph.edgeType[edge] === 1 && graph.name(graph.source(edge)) !== 'Array')
    if (byDuration === undefined) continue
    const ms = graph.edgeName[byDuration] as number
    let timeout = graph.follow(list, 'property', '_idleNext')
    while (timeout !== -1 && timeout !== list && !found.has(timeout)) {
      found.set(timeout, ms)
      timeout = graph.follow(timeout, 'property', '_idleNext')
    }
  }
  return found
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
