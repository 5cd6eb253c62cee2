import { AutodumpError, messageOf } from '../lib/errors.js'
import { orLate, within } from '../lib/patience.js'

/** Milliseconds that a caller waits for the start. The start may still end well later. */
const startPatience = 5_000

/** Waits for the start, for a bounded time: a late dump would surprise the caller. Throws AutodumpError `STOPPED`. */
export async function untilStarted(started: Promise<void>, ref: boolean): Promise<void> {
  await within(startPatience, started, 'the monitor is still starting', ref).catch(error => {
    throw new AutodumpError('STOPPED', messageOf(error), { retryAfter: 1000 })
  })
}

/** The moment from which there is an engine to ask, or certainly none. */
export function createStartGate() {
  let isOpen = false
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = () => {
      isOpen = true
      resolve()
    }
  })
  return {
    open: () => open(),
    isOpen: () => isOpen,
    /** For callers that cannot go on without it. Keeps no process alive. */
    pass: () => untilStarted(opened, false),
    /** For callers that go on without it when it takes too long. */
    wait: () => orLate(startPatience, opened),
  }
}
