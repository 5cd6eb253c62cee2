import { expect, test } from 'vitest'
import {
  ago,
  formatBytes,
  formatDateTime,
  formatDuration,
  formatUtc,
  formatValue,
  kindTitle,
  metricTitle,
  ruleTitle,
} from './format.ts'

test.each([
  [31.26, 'percent', '31.3%'],
  [0.123, 'percent', '0.12%'],
  [420.4, 'ms', '420 ms'],
  [12_345, 'ms', '12 s'],
  [1204, 'count', '1,204'],
  [-1.5, 'value', '-1.5'],
  [null, 'percent', '–'],
] as const)('%s in %s is %s', (value, unit, text) => {
  expect(formatValue(value, unit)).toBe(text)
})

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1_500_000, '1.4 MiB'],
  [250 * 1024 ** 3, '250 GiB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

test.each([
  [0.42, '0.42 ms'],
  [350, '350 ms'],
  [999.9, '1 s'],
  [2500, '2.5 s'],
  [9990, '10 s'],
  [12_400, '12 s'],
  [59_600, '1 min'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 5 min'],
  [3 * 86_400_000, '3 days'],
])('%d milliseconds are %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test.each([
  [-1000, 'just now'],
  [12_000, '12 s ago'],
  [3 * 60_000 + 50_000, '3 min ago'],
  [86_400_000, '1 day ago'],
  [2.5 * 86_400_000, '2 days ago'],
  [-5000, 'in 5 s'],
])('%d milliseconds before now is %s', (ms, text) => {
  const now = Date.UTC(2026, 10, 28)
  expect(ago(now - ms, now)).toBe(text)
})

test('UTC is to the millisecond, local time to the second', () => {
  const at = Date.UTC(2026, 10, 28, 20, 31, 5, 123)
  expect(formatUtc(at)).toBe('2026-11-28 20:31:05.123 UTC')
  expect(formatUtc(new Date(at).toISOString())).toBe(formatUtc(at))
  expect(formatDateTime(at)).toMatch(/^2[89] Nov 2026, \d\d:\d\d:05$/)
})

test('what is ours has a title, what is the app’s keeps its name', () => {
  expect(metricTitle('eventLoopDelay')).toBe('Event loop delay')
  expect(metricTitle('queueDepth')).toBe('queueDepth')
  expect(metricTitle('toString')).toBe('toString')
  expect(ruleTitle('manual')).toBe('By hand')
  expect(kindTitle('cpu-profile')).toBe('CPU profile')
})
