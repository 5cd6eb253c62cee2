import type { BlackBoxData } from '../../link/messages.js'
import { makeRunName } from '../../link/run-name.js'
import { createNotes, createSharedNote } from '../../link/shared-note.js'
import type { ResolvedOptions } from '../../model/options.js'
import type { InFlight } from '../mid-block/in-flight/in-flight.js'
import { beginEarlyRun } from './early-run.js'
import { createLastWords } from './last-words.js'

export interface BlackBoxParts {
  options: Pick<ResolvedOptions, 'bucket' | 'dir' | 'interval' | 'labels' | 'terminationLog'>
  /** The program of the process. */
  script: string
  table: InFlight['table']
  onError(what: string, error: unknown): void
}

/** The app thread's side of the black box: last words, and a note of the requests in flight every second or so. */
export function createBlackBox({ options, script, table, onError }: BlackBoxParts) {
  const data: BlackBoxData = { run: makeRunName(process.pid), startedAt: Date.now(), note: createSharedNote() }
  const { dir, terminationLog } = options
  let isStopping = false
  const begin = () => (isStopping ? undefined : beginEarlyRun({ options, script, ...data }))
  const lastWords = createLastWords(dir, data.run, { terminationLog, begin })
  const notes = createNotes({ shared: data.note, table, onError })
  return {
    data,
    start(): void {
      lastWords.start()
      notes.start()
    },
    /** The monitor thread removes the run now: an exit meanwhile begins no other. */
    stopping(): void {
      isStopping = true
    },
    stop(): void {
      lastWords.stop()
      notes.stop()
    },
  }
}
