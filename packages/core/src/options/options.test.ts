import { describe, expect, it } from 'vitest'
import { AutodumpError } from '../lib/errors.js'
import { resolveOptions } from './options.js'

function refusal(options: unknown): AutodumpError {
  try {
    resolveOptions(options as never)
  } catch (error) {
    if (error instanceof AutodumpError) return error
    throw error
  }
  throw new Error('was accepted')
}

describe('options', () => {
  it('all have defaults', () => {
    const options = resolveOptions()
    expect(options).toMatchObject({ interval: 1000, history: 10, warmup: 10, prefix: '/debug/autodump' })
    expect(options.thresholds.cpu).toMatchObject({ min: 20, spike: 25, watermark: 80, cooldown: 60_000, hold: 1 })
    expect(structuredClone(options)).toEqual(options)
  })

  it('merge thresholds field by field', () => {
    const { thresholds } = resolveOptions({ thresholds: { cpu: { watermark: 60 } } })
    expect(thresholds.cpu).toMatchObject({ spike: 25, watermark: 60 })
  })

  it('give custom metrics a threshold that fires only where the user says so', () => {
    const { thresholds, customMetrics } = resolveOptions({
      metrics: { queueDepth: () => 1 },
      thresholds: { queueDepth: { watermark: 100 } },
    })
    expect(customMetrics).toEqual(['queueDepth'])
    expect(thresholds.queueDepth).toMatchObject({ spike: null, watermark: 100 })
  })

  it('warm up for as long as the history, unless told otherwise', () => {
    expect(resolveOptions({ history: 30 }).warmup).toBe(30)
    expect(resolveOptions({ history: 30, warmup: 5 }).warmup).toBe(5)
  })

  it('list every invalid field with its rule and its value', () => {
    const error = refusal({
      interval: 5,
      nonsense: 1,
      retention: { maxDumps: 0 },
      requests: { channels: ['mysql2:query', 'tracing:mysql2:query'] },
      thresholds: { cpu: { watermark: -1 }, nosuch: { min: 1 } },
      metrics: { 'a b': () => 1, cpu: () => 1, broken: 7 },
      auth: { token: '' },
      logger: {},
    })
    expect(error.code).toBe('INVALID')
    expect(error.errors.map(({ field }) => field).sort()).toEqual([
      'auth.token',
      'interval',
      'logger',
      'metrics.a b',
      'metrics.broken',
      'metrics.cpu',
      'nonsense',
      'requests.channels.1',
      'retention.maxDumps',
      'thresholds.cpu.watermark',
      'thresholds.nosuch',
    ])
    expect(error.message).toContain('`interval` must be >= 20, got 5')
  })

  it.each([null, 7, 'x', []])('refuse %j for a section', value => {
    expect(refusal({ retention: value, metrics: value, auth: value }).errors.length).toBeGreaterThanOrEqual(3)
  })

  it('normalise the prefix', () => {
    expect(resolveOptions({ prefix: 'ops/dump/' }).prefix).toBe('/ops/dump')
    expect(resolveOptions({ prefix: '/' }).prefix).toBe('')
  })
})
