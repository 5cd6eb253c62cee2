import { describe, expect, it } from 'vitest'
import type { Options } from '../model/options.js'
import { changeBetween, gather } from './gather.js'

const file = (content: unknown) => ({ text: JSON.stringify(content) })

describe('the options of a file', () => {
  it('have the environment over them, field by field', () => {
    const { options, fileProblem } = gather(
      { AUTODUMP_INTERVAL: '500', AUTODUMP_THRESHOLDS_CPU_MIN: '7' },
      file({ interval: 2000, history: 20, thresholds: { cpu: { min: 1, watermark: 90 } } }),
    )
    expect(fileProblem).toBeNull()
    expect(options).toEqual({ interval: 500, history: 20, thresholds: { cpu: { min: 7, watermark: 90 } } })
  })

  it.each([
    ['what is not JSON', { text: '{"interval": 10' }, /not valid JSON/],
    ['nothing', { text: ' \n' }, /empty/],
    ['no object', { text: '[]' }, /JSON object/],
    ['one wrong field', file({ interval: 500, history: 0 }), /^history must be >= 2, got 0$/],
    [
      'several wrong fields',
      file({ nonsense: 1, thresholds: { cpu: { min: -1 } } }),
      /thresholds.cpu.min.*; nonsense is|nonsense is.*; thresholds.cpu.min/,
    ],
    ['code', file({ metrics: { queue: 'x' } }), /metrics.queue must be a function/],
    ['a prototype', { text: '{"__proto__":{"interval":20}}' }, /__proto__/],
    ['nobody to be read', { error: 'there is no such file' }, /no such file/],
  ])('count as a whole or not at all: with %s the environment is alone', (_, content, why) => {
    const { options, fileProblem } = gather({ AUTODUMP_HISTORY: '5' }, content)
    expect(fileProblem).toMatch(why)
    expect(options).toEqual({ history: 5 })
  })

  it('do not count where they and the environment exclude each other', () => {
    const { options, fileProblem } = gather(
      { AUTODUMP_ADMIN_PORT: '1' },
      file({ interval: 500, admin: { path: '/x' } }),
    )
    expect(fileProblem).toMatch(/together with the environment: admin/)
    expect(options).toEqual({ admin: { port: 1 } })
  })

  it('may begin with a byte order mark', () => {
    expect(gather({}, { text: '\uFEFF{"interval":500}' }).options).toEqual({ interval: 500 })
  })
})

describe('the change from some options to others', () => {
  const cpu = (watermark: number): Options => ({ thresholds: { cpu: { watermark } } })

  it('is none where they mean the same', () => {
    expect(changeBetween({}, { interval: 1000, thresholds: { cpu: { watermark: 80 } } })).toEqual({ is: 'none' })
  })

  it('is a patch of just the fields that differ', () => {
    expect(changeBetween(cpu(80), { thresholds: { cpu: { watermark: 90 }, heap: { spike: null } } })).toEqual({
      is: 'thresholds',
      patch: { cpu: { watermark: 90 }, heap: { spike: null } },
      words: expect.stringMatching(/cpu.watermark 80 -> 90.*heap.spike 25 -> null/),
    })
  })

  it('goes back to the default of what is left out', () => {
    expect(changeBetween(cpu(90), {})).toMatchObject({ is: 'thresholds', patch: { cpu: { watermark: 80 } } })
  })

  it.each<[string, Options]>([
    ['an option', { interval: 500 }],
    ['a token', { auth: { token: 'new' } }],
    ['the token of the admin server', { admin: { port: 1, auth: { token: 'new' } } }],
    ['an option and a threshold', { ...cpu(90), dir: '/elsewhere' }],
  ])('is a new start for %s', (_, after) => {
    expect(changeBetween({ admin: after.admin && { port: 1 } }, after)).toEqual({ is: 'restart' })
  })
})
