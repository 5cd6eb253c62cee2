import type { InFlightTable } from '../model/request-table.js'
import type { AppNote } from '../model/run.js'

const headerBytes = 8

const bodyBytes = 64 * 1024

/** Milliseconds between two notes: at least the first, more where a note is dear, at most the last. */
const pace = { least: 1000, most: 60_000 }

/** A note may take this share of the time of the app thread. */
const share = 1 / 5000

/** Rows in a note. */
const maxRows = 20

/** Memory that both threads see, for one note. */
export function createSharedNote(): SharedArrayBuffer {
  return new SharedArrayBuffer(headerBytes + bodyBytes)
}

interface View {
  ints: Int32Array
  bytes: Buffer
}

function viewOf(shared: SharedArrayBuffer): View {
  return { ints: new Int32Array(shared, 0, 2), bytes: Buffer.from(shared, headerBytes) }
}

/** App thread: puts a note into the shared memory. While it does, the count is odd. */
function writeNote({ ints, bytes }: View, text: string): void {
  Atomics.add(ints, 0, 1)
  Atomics.store(ints, 1, bytes.write(text, 'utf8'))
  Atomics.add(ints, 0, 1)
}

/** Monitor thread: returns a function that gives the last note as JSON, or `null` where there is none since the last call. */
export function createNoteReader(shared: SharedArrayBuffer): () => string | null {
  const { ints, bytes } = viewOf(shared)
  let seen = 0
  return () => {
    const count = Atomics.load(ints, 0)
    if (count === seen || count % 2 === 1) return null
    const text = bytes.toString('utf8', 0, Atomics.load(ints, 1))
    if (Atomics.load(ints, 0) !== count) return null
    seen = count
    return text
  }
}

/** Monitor thread: returns a function that gives the last note, also repeatedly; `null` while there is none. */
export function createNoted(shared: SharedArrayBuffer): () => AppNote | null {
  const read = createNoteReader(shared)
  let last: AppNote | null = null
  return () => {
    const text = read()
    if (text !== null) last = JSON.parse(text) as AppNote
    return last
  }
}

export interface NotesParts {
  shared: SharedArrayBuffer
  table(limit: number): InFlightTable
  onError(what: string, error: unknown): void
  /** Milliseconds that never go backwards. @default performance.now */
  now?: () => number
}

export interface Notes {
  start(): void
  stop(): void
  /** Writes a note, and returns the milliseconds until the next one is due. */
  note(): number
}

const endingSignals = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const

/** App thread: notes the oldest requests in flight again and again, so that the black box has them after a crash. */
export function createNotes({ shared, table, onError, now = () => performance.now() }: NotesParts): Notes {
  const view = viewOf(shared)
  let timer: NodeJS.Timeout | undefined
  let last: string | undefined
  /** Milliseconds that the last notes took. */
  let took: number[] = [0, 0, 0]

  function note(): number {
    const began = now()
    try {
      const handledSignals = endingSignals.filter(signal => process.listenerCount(signal) > 0)
      const found = table(maxRows)
      const isIdle = found.total === 0 && found.outbound.total === 0
      const state = isIdle ? handledSignals.join() : 'busy'
      // Idle now and before: the last note says so already.
      if (isIdle && state === last) return pace.least
      last = state
      writeNote(view, fitting({ at: Date.now(), handledSignals, table: found }))
    } catch (error) {
      onError('note the requests in flight', error)
    }
    // The first one is slow because the code is cold, and others because a busy machine came between: it takes three.
    took = [...took.slice(1), now() - began]
    const usual = Math.min(...took)
    return Math.min(pace.most, Math.max(pace.least, usual / share))
  }

  function next(ms: number): void {
    timer = setTimeout(() => next(note()), ms)
    timer.unref()
  }

  return {
    start: () => next(note()),
    stop: () => clearTimeout(timer),
    note,
  }
}

/** As JSON, with so many rows as there is room for. */
function fitting({ table, ...rest }: AppNote): string {
  const { outbound } = table
  for (let rows = maxRows; ; rows = rows >> 1) {
    const text = JSON.stringify({
      ...rest,
      table: {
        ...table,
        rows: table.rows.slice(0, rows),
        truncated: table.truncated || table.rows.length > rows,
        outbound: {
          ...outbound,
          rows: outbound.rows.slice(0, rows),
          truncated: outbound.truncated || outbound.rows.length > rows,
        },
      },
    })
    if (rows === 0 || Buffer.byteLength(text) <= bodyBytes) return text
  }
}
