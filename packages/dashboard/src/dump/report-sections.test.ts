import { expect, test } from 'vitest'
import { sectionsOf } from './report-sections.ts'

const report = [
  '# autodump: CPU, spike',
  '## What happened',
  '```text',
  '## Source',
  '```',
  '## Source',
  '',
  '`src/orders.js`, line 3:',
  '',
  '````',
  '  2 | const fence = "```"',
  '> 3 | ## What to try next',
  '````',
  '',
  '## What to try next',
  '',
  '- Send less at once.',
  '- Call `setImmediate`.',
  '',
  '## Evidence',
  '',
  '- `cpu.cpuprofile` (1 KiB)',
].join('\n')

test('source lines and advice are found, and nothing of the app poses as a heading', () => {
  expect(sectionsOf(report)).toEqual({
    source: [
      {
        title: 'src/orders.js, line 3',
        lines: [
          { text: '  2 | const fence = "```"', isPlace: false },
          { text: '> 3 | ## What to try next', isPlace: true },
        ],
      },
    ],
    advice: ['Send less at once.', 'Call `setImmediate`.'],
  })
  expect(sectionsOf('')).toEqual({ source: [], advice: [] })
})
