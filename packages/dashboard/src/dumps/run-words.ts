import type { RunRecord } from '../api/types.ts'

type Ending = RunRecord['ending']

const words: Partial<Record<Ending, string>> = {
  stopped: 'stopped',
  ended: 'ended, nothing was wrong',
  exit: 'exit code',
  'oom-kill': 'out of memory',
  'heap-out-of-memory': 'heap full',
}

/** A newer version may know endings that this page does not. */
export const wordsOf = (ending: Ending): string => words[ending] ?? ending.replaceAll('-', ' ')

export const toneOf = (ending: Ending): 'quiet' | 'crash' =>
  ending === 'stopped' || ending === 'ended' ? 'quiet' : 'crash'

/** Milliseconds from the start of the monitor to the end. Clocks may have been set back in between. */
export const lasted = ({ startedAt, endedAt }: RunRecord): number =>
  Math.max(0, Date.parse(endedAt) - Date.parse(startedAt))
