import { expect, test } from 'vitest'
import { createOutput, type Output } from './output.js'
import { entries, isNarrow } from './table.js'

const output = (width: number | null): Output => ({ ...createOutput(false), paint: (_, text) => text, width })

test('a narrow terminal has each sentence whole, and its facts beneath', () => {
  const sentence = 'CPU at 97%: renderOrders (src/orders.js:28), 57% of the busy time, while 41 requests wait'
  const facts = ['5 min ago', '64 KiB', '', '20261130T170240934Z-3959-cpu-watermark']
  const shown = entries(output(60), [{ sentence, facts }])
  expect(shown.split('\n')).toEqual([
    'CPU at 97%: renderOrders (src/orders.js:28), 57% of the busy',
    'time, while 41 requests wait',
    '  5 min ago · 64 KiB ·',
    '  20261130T170240934Z-3959-cpu-watermark',
  ])
})

test('neither a wide terminal nor a pipe is narrow', () => {
  expect([null, 200, 80].map(width => isNarrow(output(width)))).toEqual([false, false, true])
})
