/** An event of Chrome's trace event format; times in microseconds. */
interface TraceEvent {
  cat?: string
  name: string
  ph: string
  ts?: number
  dur?: number
}

export interface TraceFile {
  traceEvents: TraceEvent[]
  otherData?: { eventsLeftOut?: number }
}

export interface TraceCategory {
  category: string
  events: number
  /** The most frequent names, with how many there are of each; five at most. */
  names: { name: string; events: number }[]
  /** Milliseconds from the first to the last event. */
  spanMs: number
}

export interface TraceSummary {
  events: number
  leftOut: number
  /** Milliseconds from the first to the last event. */
  spanMs: number
  /** The one with most events first. */
  categories: TraceCategory[]
  /** Whether there is anything that a flame graph could show: events that have a duration and a thread. */
  hasSlices: boolean
}

/** Metadata (names of threads and the like), which has no time. */
const isMetadata = ({ ph }: TraceEvent) => ph === 'M'

export function summarizeTrace({ traceEvents, otherData }: TraceFile): TraceSummary {
  const events = traceEvents.filter(event => !isMetadata(event))
  const categories = new Map<string, TraceEvent[]>()
  for (const event of events) {
    const category = event.cat || '(none)'
    const known = categories.get(category)
    if (known) known.push(event)
    else categories.set(category, [event])
  }
  return {
    events: events.length,
    leftOut: otherData?.eventsLeftOut ?? 0,
    spanMs: spanOf(events),
    categories: [...categories]
      .map(([category, events]) => ({
        category,
        events: events.length,
        names: namesOf(events),
        spanMs: spanOf(events),
      }))
      .sort((a, b) => b.events - a.events),
    hasSlices: events.some(({ ph }) => ph === 'X' || ph === 'B'),
  }
}

function namesOf(events: TraceEvent[]): TraceCategory['names'] {
  const counts = new Map<string, number>()
  for (const { name } of events) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .map(([name, events]) => ({ name, events }))
    .sort((a, b) => b.events - a.events)
    .slice(0, 5)
}

function spanOf(events: TraceEvent[]): number {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { ts, dur = 0 } of events) {
    if (ts === undefined) continue
    first = Math.min(first, ts)
    last = Math.max(last, ts + dur)
  }
  return last >= first ? (last - first) / 1000 : 0
}
