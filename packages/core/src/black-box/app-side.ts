import type { InFlight } from '../in-flight/in-flight.js'
import { createLastWords } from './last-words.js'
import { makeRunName } from './run-files.js'
import { createNotes, createSharedNote } from './shared-table.js'

/** What the engine's side of the black box has to know; data only. */
export interface BlackBoxData {
  /** The name of the run, which stays the same when the monitor thread is started anew. */
  run: string
  /** Epoch milliseconds. */
  startedAt: number
  /** See `shared-table.ts`. */
  note: SharedArrayBuffer
}

export interface BlackBoxParts {
  dir: string
  table: InFlight['table']
  onError(what: string, error: unknown): void
}

/** The app thread's side of the black box: last words, and a note of the requests in flight every second or so. */
export function createBlackBox({ dir, table, onError }: BlackBoxParts) {
  const data: BlackBoxData = { run: makeRunName(process.pid), startedAt: Date.now(), note: createSharedNote() }
  const lastWords = createLastWords(dir, data.run)
  const notes = createNotes({ shared: data.note, table, onError })
  return {
    data,
    start(): void {
      lastWords.start()
      notes.start()
    },
    stop(): void {
      lastWords.stop()
      notes.stop()
    },
  }
}
