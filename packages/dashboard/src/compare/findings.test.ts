import { expect, test } from 'vitest'
import type { Finding } from '../api/types.ts'
import { compareFindings } from './findings.ts'

const hot = (name: string, share: number): Finding => ({
  kind: 'hot-function',
  text: `${name} (server.js:7): ${share}% of the busy time itself`,
  data: { name, file: 'server.js', line: 7, ownMs: share },
})

test('what is about the same function is in both, whatever the figures', () => {
  const { onlyA, onlyB, both } = compareFindings([hot('hash', 20), hot('sort', 5)], [hot('parse', 9), hot('hash', 92)])
  expect(both.map(({ a, b }) => [a.data?.ownMs, b.data?.ownMs])).toEqual([[20, 92]])
  expect(onlyA.map(({ data }) => data?.name)).toEqual(['sort'])
  expect(onlyB.map(({ data }) => data?.name)).toEqual(['parse'])
})

test('a function within a finding counts too', () => {
  const waiting = (count: number, file: string): Finding => ({
    kind: 'waiting-function',
    text: `${count} async calls wait in load`,
    data: { count, function: { name: 'load', file } },
  })
  expect(compareFindings([waiting(2, 'a.js')], [waiting(80, 'a.js')]).both).toHaveLength(1)
  expect(compareFindings([waiting(2, 'a.js')], [waiting(2, 'b.js')]).both).toHaveLength(0)
})

test('findings without data are the same where only the figures in them differ', () => {
  const idle = (percent: number): Finding => ({ kind: 'idle', text: `the process was ${percent}% idle` })
  expect(compareFindings([idle(12.5)], [idle(90)])).toMatchObject({ onlyA: [], onlyB: [], both: [{}] })
})

test('one finding is matched with one', () => {
  const { onlyB, both } = compareFindings([hot('hash', 20)], [hot('hash', 30), hot('hash', 10)])
  expect(both).toHaveLength(1)
  expect(onlyB.map(({ data }) => data?.ownMs)).toEqual([10])
})
