import { pathOnly } from '../../lib/path.js'
import { redactError } from '../../lib/redact.js'
import type { AppLink } from '../../link/app-link.js'
import type { Capture } from './capture.js'
import { awaitReply } from './pending.js'

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

/** Milliseconds without a further piece after which the events are taken to be complete. */
const quiet = 300

/** Milliseconds that the pieces may take to come once tracing has stopped: the app thread hands them over. */
const patience = 30_000

/** Trace events of the app's process for as long as the dump lasts: `chrome://tracing` and Perfetto open the file. */
export const traceCapture: Capture = {
  kind: 'trace',
  pause: { fixed: 10, perMiB: 0 },
  async take(context) {
    const link = await context.link()
    const trace = collect(link)
    await awaitReply(
      context,
      'trace reply',
      link.post('NodeTracing.start', { traceConfig: { includedCategories: categories } }),
    )
    await context.wait(context.duration)
    await awaitReply(context, 'trace reply', link.post('NodeTracing.stop'))
    await awaitReply(context, 'trace events', trace.complete())
    const { events, left } = trace
    const otherData = { trigger: context.trigger.reason, eventsLeftOut: left() }
    return [
      {
        file: 'trace.json',
        phase: 'during',
        content: write(events, otherData),
        value: { events: events.length },
        engine: 'node:trace_events',
      },
    ]
  },
}

/** Gathers the pieces. They come from the app thread, when it is free, and the last of them does not say that it is. */
function collect(link: AppLink) {
  const events: TraceEvent[] = []
  let leftOut = 0
  let arrived = () => {}
  link.on('NodeTracing.dataCollected', ({ value }: { value: TraceEvent[] }) => {
    for (const event of value) {
      if (events.length < maxEvents) events.push(redacted(event))
      else leftOut += 1
    }
    arrived()
  })
  return {
    events,
    left: () => leftOut,
    /** Resolves when no piece has come for a while. */
    complete: () =>
      new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => {
          clearTimeout(calm)
          if (events.length > 0) resolve()
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
        if (events.length > 0) arrived()
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
async function* write(events: TraceEvent[], otherData: Record<string, unknown>): AsyncGenerator<Uint8Array> {
  const step = 1000
  yield Buffer.from('{"traceEvents":[\n')
  for (let index = 0; index < events.length; index += step) {
    const lines = events.slice(index, index + step).map(event => JSON.stringify(event))
    yield Buffer.from(`${index > 0 ? ',\n' : ''}${lines.join(',\n')}`)
  }
  yield Buffer.from(`\n],"otherData":${JSON.stringify(otherData)}}\n`)
}
