import { expect, it } from 'vitest'
import type { RunRecord } from '../api/types.ts'
import { lasted, toneOf, wordsOf } from './run-words.ts'

it('a line says how a run ended, and which endings are crashes', () => {
  expect(wordsOf('ended')).toBe('ended, nothing was wrong')
  expect(wordsOf('uncaught-exception')).toBe('uncaught exception')
  expect((['stopped', 'ended', 'killed', 'exit'] as const).map(toneOf)).toEqual(['quiet', 'quiet', 'crash', 'crash'])
})

it('lasted for no less than nothing, whatever the clock was set to', () => {
  const run = (startedAt: string, endedAt: string) => lasted({ startedAt, endedAt } as RunRecord)
  expect(run('2026-11-25T01:00:00Z', '2026-11-25T01:00:07Z')).toBe(7000)
  expect(run('2026-11-25T01:00:00Z', '2026-11-25T00:00:00Z')).toBe(0)
})
