import { describe, expect, it } from 'vitest'
import type { FramesEvidence, FrameVariable } from '../model/frames.js'
import { findInFrames, sayFrames } from './frames.js'
import { summarise } from './summary.js'

const frame = (name: string, url: string, variables: FrameVariable[]) => ({
  name,
  url,
  line: 3,
  column: 15,
  runningLine: 5,
  runningColumn: 1,
  variables,
})

const evidence = (reads: FrameVariable[][], more: Partial<FramesEvidence> = {}): FramesEvidence => ({
  takenAt: '2026-11-29T10:00:00.000Z',
  blockedMs: 900,
  why: null,
  inCall: null,
  attachMs: 4,
  reads: reads.map((variables, index) => ({
    at: 310 * index,
    pauseMs: 2,
    frames: [frame('drain', 'file:///srv/src/queue.js', variables)],
  })),
  ...more,
})

const rows: FrameVariable = { name: 'rows', kind: 'object', class: 'Array', size: 1_204_551 }
const number = (name: string, value: number): FrameVariable => ({ name, kind: 'number', value })
const text = (name: string, size: number): FrameVariable => ({ name, kind: 'string', size })

describe('the sentence about the variables of a stuck function', () => {
  it.each<[string, FramesEvidence, string | null]>([
    ['a huge argument', evidence([[rows, text('id', 8)]]), 'drain held rows (Array of 1,204,551)'],
    [
      'a counter that does not move',
      evidence([
        [number('index', 3), number('until', 1_795_990_843_107)],
        [number('index', 3), number('until', 1_795_990_843_107)],
      ]),
      'drain held index (3, unmoved in 310 ms)',
    ],
    [
      'a counter that moves',
      evidence([
        [rows, number('wanted', -1), number('at', 1000)],
        [rows, number('wanted', -1), number('at', 25_000)],
      ]),
      'drain held rows (Array of 1,204,551) and at (1,000, 25,000 after 310 ms)',
    ],
    [
      'the text of an expression',
      evidence([[text('name', 28), number('tries', 1)]], { inCall: 'RegExp.test' }),
      'drain held name (string of 28 characters)',
    ],
    ['nothing that explains', evidence([[text('name', 28), number('tries', 1)]]), null],
    ['nothing read', evidence([], { why: 'a debugger may be attached' }), null],
  ])('%s', (_, value, sentence) => {
    expect(sayFrames(value, '/srv')).toBe(sentence)
  })

  it('is about the innermost function of the app', () => {
    const value = evidence([[rows]])
    value.reads[0]?.frames.unshift(frame('isEmail', 'file:///srv/node_modules/validator/index.js', [text('str', 40)]))
    expect(sayFrames(value, '/srv')).toBe('drain held rows (Array of 1,204,551)')
  })
})

describe('the findings about them', () => {
  it('have each function with its place and its variables, over all reads', () => {
    const [finding] = findInFrames(
      evidence([
        [{ name: 'row', kind: 'unknown' }, number('at', 1), { name: 'token', kind: 'hidden' }],
        [text('row', 8), number('at', 2), { name: 'token', kind: 'hidden' }],
      ]),
      '/srv',
    )
    expect(finding).toMatchObject({
      kind: 'stuck-frame',
      text: 'drain (src/queue.js:3): row: string of 8 characters, at: 1, then 2, token: hidden',
    })
  })

  it('say why there are none', () => {
    const value = evidence([], { why: 'a debugger may be attached' })
    expect(findInFrames(value, '/srv')).toEqual([
      { kind: 'frames-left-out', text: 'no variables of stuck functions: a debugger may be attached' },
    ])
  })
})

it('the sentence of a dump says what the stuck function held', () => {
  const { text, findings } = summarise({
    trigger: {
      metric: null,
      rule: 'manual',
      value: null,
      mean: null,
      threshold: null,
      unit: null,
      history: [],
      reason: 'by hand',
    },
    samples: [],
    at: 0,
    evidence: new Map([['frames', [evidence([[rows]])]]]),
    blockedFor: 2000,
    failures: [],
    cwd: '/srv',
  })
  expect(text).toContain('. At that moment drain held rows (Array of 1,204,551)')
  expect(findings.map(({ kind }) => kind)).toContain('stuck-frame')
})
