import { expect, test } from 'vitest'
import { reportFacts } from './report-facts.ts'

test('the facts of a report are what one looks for first', () => {
  const facts = reportFacts({
    header: {
      event: 'JavaScript API',
      trigger: 'GetReport',
      nodejsVersion: 'v22.11.0',
      arch: 'x64',
      host: 'shop-1',
      processId: 42,
      commandLine: ['node', 'server.js'],
    },
    javascriptHeap: { usedMemory: 30 * 1024 ** 2, memoryLimit: 2 * 1024 ** 3 },
    resourceUsage: { rss: '104857600', userCpuSeconds: 2, kernelCpuSeconds: 0.5 },
    libuv: [{ type: 'loop' }, { type: 'timer' }, { type: 'tcp' }, { type: 'tcp' }],
    workers: [],
  })
  expect(Object.fromEntries(facts.map(({ name, value }) => [name, value]))).toEqual({
    Event: 'JavaScript API · GetReport',
    Process: '42 on shop-1',
    'Node.js': 'v22.11.0 x64',
    Command: 'node server.js',
    'JavaScript heap': '30 MiB of at most 2.0 GiB',
    'Memory (RSS)': '100 MiB',
    'CPU time': '2.5 s',
    Handles: '2 tcp, 1 timer',
  })
})

test('an empty report has no facts', () => {
  expect(reportFacts({})).toEqual([])
})
