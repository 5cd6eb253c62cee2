import type { FrameVariable, StuckFrame } from '@autodump/core'
import { expect, test } from 'vitest'
import { frameRows, placeOf } from './frame-rows.ts'

const frame = (variables: FrameVariable[]): StuckFrame => ({
  name: 'drain',
  url: 'file:///srv/app.js',
  line: 3,
  column: 15,
  runningLine: 5,
  runningColumn: 1,
  variables,
})

const read = (at: number, variables: FrameVariable[]) => ({ at, pauseMs: 1, frames: [frame(variables)] })

const evidence = { takenAt: '', blockedMs: 900, why: null, inCall: null, attachMs: 4 }

test('a variable has its values of all reads, and one where it did not move', () => {
  const reads = [
    read(0, [
      { name: 'queue', kind: 'object', class: 'Array', size: 1234 },
      { name: 'index', kind: 'number', value: 3 },
      { name: 'turns', kind: 'number', value: 1000 },
      { name: 'row', kind: 'unknown' },
      { name: 'apiKey', kind: 'hidden' },
    ]),
    read(300, [
      { name: 'index', kind: 'number', value: 3 },
      { name: 'turns', kind: 'number', value: 5000 },
      { name: 'row', kind: 'string', size: 8 },
    ]),
  ]
  expect(frameRows({ ...evidence, reads })).toEqual([
    {
      frame: reads[0]?.frames[0],
      rows: [
        { name: 'queue', kind: 'Array', size: '1,234', values: [] },
        { name: 'index', kind: 'number', size: '', values: ['3'] },
        { name: 'turns', kind: 'number', size: '', values: ['1,000', '5,000'] },
        { name: 'row', kind: 'string', size: '8', values: [] },
        { name: 'apiKey', kind: 'hidden', size: '', values: [] },
      ],
    },
  ])
  expect(frameRows({ ...evidence, reads: [] })).toEqual([])
})

test('a frame is shown with the line at which it stood', () => {
  expect(placeOf(frame([]))).toBe('srv/app.js:3, at line 5')
})
