import { pathOnly } from '../../lib/path.js'
import { redactError } from '../../lib/redact.js'
import type { AppLink } from '../../link/app-link.js'
import type { Capture } from './capture.js'
import { awaitReply } from './pending.js'
import { needMemory } from './room.js'

/** An event of Chrome's trace event format, as Node writes it. */
interface TraceEvent {
  cat: string
  name: string
  args?: Record<string, unknown>
}

/**
 * The traced categories of Node: HTTP, sockets, DNS, files, the thread pool, phases of the event loop, garbage
 * collection. Not `node.async_hooks`: its event for each promise is most of the volume and adds nothing to the picture.
 */
const categories = [
  'node.environment',
  'node.http',
  'node.net.native',
  'node.dns.native',
  'node.fs.async',
  'node.fs.sync',
  'node.threadpoolwork.async',
  'node.threadpoolwork.sync',
  'node.perf',
  'v8',
]

/** Events at most; a busy server makes some 10,000 a second. */
const maxEvents = 300_000

/** Node hands events over by so many. A piece is the least that a busy server makes, however short the trace. */
const piece = 65_536

/** Bytes of an event on its way: 700 to 1700 were seen, as both threads hold the text and the objects of a piece. */
const bytesPerEvent = 1200

/** Bytes: a piece, and some more. */
const memoryNeeded = 128 * 1024 ** 2

/** How many events a trace may have, so that it takes half of the memory that is left. */
const mostEvents = (left: number) => Math.min(maxEvents, Math.max(piece, Math.floor(left / 2 / bytesPerEvent)))

/** Milliseconds without a further piece after which the events are taken to be complete. */
const quiet = 300

/** Milliseconds that the pieces may take to come once tracing has stopped: the app thread hands them over. */
const patience = 30_000

/** Trace events of the app's process for as long as the dump lasts: `chrome://tracing` and Perfetto open the file. */
export const traceCapture: Capture = {
  kind: 'trace',
  pause: { fixed: 10, perMiB: 0 },
  async take(context) {
    const left = needMemory(memoryNeeded, context)
    const link = await context.link()
    const trace = collect(link, mostEvents(left))
    await awaitReply(
      context,
      'trace reply',
      link.post('NodeTracing.start', { traceConfig: { includedCategories: categories } }),
    )
    // More would only take memory on its way to being left out.
    await Promise.race([context.wait(context.duration), trace.full])
    await awaitReply(context, 'trace reply', link.post('NodeTracing.stop'))
    await awaitReply(context, 'trace events', trace.complete())
    const otherData = { trigger: context.trigger.reason, eventsLeftOut: trace.leftOut() }
    return [
      {
        file: 'trace.json',
        phase: 'during',
        content: write(trace.pieces, otherData),
        value: { events: trace.count() },
        engine: 'node:trace_events',
      },
    ]
  },
}

/** Gathers the pieces. They come from the app thread, when it is free, and the last of them does not say that it is. */
function collect(link: AppLink, most: number) {
  // As text: the objects of 300,000 events took 150 MiB.
  const pieces: Buffer[] = []
  let count = 0
  let leftOut = 0
  let arrived = () => {}
  let fill = () => {}
  const full = new Promise<void>(resolve => {
    fill = resolve
  })
  link.on('NodeTracing.dataCollected', ({ value }: { value: TraceEvent[] }) => {
    const kept = value.slice(0, most - count)
    if (kept.length > 0) pieces.push(Buffer.from(kept.map(event => JSON.stringify(redacted(event))).join(',\n')))
    count += kept.length
    leftOut += value.length - kept.length
    if (count >= most) fill()
    arrived()
  })
  return {
    pieces,
    /** Resolves when there are as many as there may be. */
    full,
    count: () => count,
    leftOut: () => leftOut,
    /** Resolves when no piece has come for a while. */
    complete: () =>
      new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => {
          clearTimeout(calm)
          if (count > 0) resolve()
          else reject(new Error(`no trace events came within ${patience} ms`))
        }, patience)
        let calm: NodeJS.Timeout | undefined
        arrived = () => {
          clearTimeout(calm)
          calm = setTimeout(() => {
            clearTimeout(late)
            resolve()
          }, quiet)
        }
        if (count > 0) arrived()
      }),
  }
}

/**
 * The events of HTTP carry the target of the request, with its query string; those about the process and its threads
 * carry their names, and programs put their command line into the title of the process.
 */
export function redacted(event: TraceEvent): TraceEvent {
  const { name } = event.args ?? {}
  if (event.cat.includes('__metadata') && typeof name === 'string')
    return { ...event, args: { ...event.args, name: redactError(name) } }
  if (!event.cat.includes('node.http') || !event.args) return event
  return { ...event, args: withoutQueries(event.args) }
}

function withoutQueries(args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).map(([key, value]) => {
      if ((key === 'url' || key === 'path') && typeof value === 'string') return [key, pathOnly(value)]
      if (typeof value === 'object' && value !== null) return [key, withoutQueries(value as Record<string, unknown>)]
      return [key, value]
    }),
  )
}

/** In pieces: as one string it could be 100 MB. */
async function* write(pieces: Buffer[], otherData: Record<string, unknown>): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{"traceEvents":[\n')
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) yield Buffer.from(',\n')
    yield piece
  }
  yield Buffer.from(`\n],"otherData":${JSON.stringify(otherData)}}\n`)
}
