import type { BlackBoxData } from '../../link/messages.js'
import { makeRunName } from '../../link/run-name.js'
import { createNotes, createSharedNote } from '../../link/shared-note.js'
import type { InFlight } from '../mid-block/in-flight/in-flight.js'
import { createLastWords } from './last-words.js'

export interface BlackBoxParts {
  dir: string
  terminationLog: string | false
  table: InFlight['table']
  onError(what: string, error: unknown): void
}

/** The app thread's side of the black box: last words, and a note of the requests in flight every second or so. */
export function createBlackBox({ dir, terminationLog, table, onError }: BlackBoxParts) {
  const data: BlackBoxData = { run: makeRunName(process.pid), startedAt: Date.now(), note: createSharedNote() }
  const lastWords = createLastWords(dir, data.run, Date.now, terminationLog)
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
