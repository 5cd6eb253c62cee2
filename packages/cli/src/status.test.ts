import type { Status } from '@autodump/core'
import { expect, test } from 'vitest'
import { statusText } from './commands/status.js'
import { createOutput } from './output.js'

const reason = 'eventLoopUtilization 97.4% is at or above the watermark 90%, and holds for 2 of 3 samples so far'

const rule = (state: string, text: string) => ({ state, reason: text })

const status = {
  ...{
    state: 'running',
    pid: 7,
    version: '0.1.0',
    blockedFor: 0,
    capture: null,
    errors: [],
    dir: '/d',
    asOf: undefined,
  },
  thread: { degraded: null },
  dumps: { count: 0, bytes: 0 },
  quota: { retryAfter: 0 },
  recorder: { engine: 'node:v8' },
  metrics: Object.fromEntries(
    ['cpu', 'gc', 'eventLoopUtilization'].map((metric, at) => [
      metric,
      {
        ...{ value: 3.3333333333, mean: 3, unit: 'percent' },
        rules: { spike: rule(at === 2 ? 'holding' : 'quiet', `${at === 2 ? '' : 'nothing: '}${reason}`) },
      },
    ]),
  ),
} as unknown as Status

/** A terminal of 80 columns. */
const output = { ...createOutput(false), width: 80, paint: (_: unknown, text: string) => text }

/** The table, and its last column in words. */
function tableOf(text: string) {
  const lines = text.split('\n')
  const table = lines.slice(lines.findIndex(line => line.startsWith('METRIC')))
  const at = (table[0] as string).indexOf('RULE')
  const reasons = table.slice(1).map(line => line.slice(at).trim())
  return { table, reasons: reasons.join(' ').replace(/\s+/g, ' ') }
}

test('a screen of 80 columns has each reason whole', () => {
  const { table, reasons } = tableOf(statusText(status, output))
  expect(table.filter(line => line.length > 80)).toEqual([])
  expect(reasons).toBe(`nothing: ${reason} nothing: ${reason} ${reason}`)
  expect(table.join('\n')).toContain('3.33%')
})

test('a screen with few rows cuts only what is no news', () => {
  const { table, reasons } = tableOf(statusText(status, output, 10))
  expect(table.filter(line => line.includes('…'))).toHaveLength(2)
  expect(reasons).toContain(reason)
})
