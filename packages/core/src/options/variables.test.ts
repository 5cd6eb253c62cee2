import { describe, expect, it } from 'vitest'
import { optionTypes } from '../generated/option-types.js'
import { parseValue, variables } from './variables.js'

const pathOf = (name: string) => variables().get(name)?.path.join('.')

describe('the variables', () => {
  it.each([
    ['AUTODUMP_DIR', 'dir'],
    ['AUTODUMP_CPU_PROFILE', 'cpuProfile'],
    ['AUTODUMP_CPU_PROFILE_BLOCKED_DURATION', 'cpuProfile.blockedDuration'],
    ['AUTODUMP_RETENTION_MAX_BYTES', 'retention.maxBytes'],
    ['AUTODUMP_REQUESTS_CHANNELS', 'requests.channels'],
    ['AUTODUMP_ADMIN_PORT', 'admin.port'],
    ['AUTODUMP_CAPTURES_HEAP_SNAPSHOT', 'captures.heap-snapshot'],
    ['AUTODUMP_THRESHOLDS', 'thresholds'],
    ['AUTODUMP_THRESHOLDS_EVENT_LOOP_DELAY_WATERMARK', 'thresholds.eventLoopDelay.watermark'],
    ['AUTODUMP_NOTIFY_WEBHOOK', 'notify.webhook'],
    ['AUTODUMP_LABELS', 'labels'],
  ])('have %s for %s', (name, path) => expect(pathOf(name)).toBe(path))

  it('have one for each option of the schema, and one option each', () => {
    const paths = [...variables().values()].map(({ path }) => path.join('.'))
    expect(new Set(paths).size).toBe(paths.length)
    for (const option of Object.keys(optionTypes.properties)) expect(paths).toContain(option)
  })

  it('have none for code', () => {
    expect(pathOf('AUTODUMP_METRICS')).toBeUndefined()
    expect(pathOf('AUTODUMP_LOGGER')).toBeUndefined()
  })
})

describe('the text of a variable', () => {
  const as = (name: string, text: string) => parseValue(text, variables().get(name)?.schema ?? {})

  it('is read as the type of its option', () => {
    expect(as('AUTODUMP_DIR', '12')).toBe('12')
    expect(as('AUTODUMP_INTERVAL', ' 500 ')).toBe(500)
    expect(as('AUTODUMP_RECORDER_ENABLED', 'false')).toBe(false)
    expect(as('AUTODUMP_RECORDER_ENABLED', '1')).toBe(true)
    expect(as('AUTODUMP_REQUESTS_CHANNELS', 'mysql2:query, ioredis:command')).toEqual([
      'mysql2:query',
      'ioredis:command',
    ])
    expect(as('AUTODUMP_REQUESTS_CHANNELS', '["a"]')).toEqual(['a'])
    expect(as('AUTODUMP_LABELS', 'service=shop,note=a=b')).toEqual({ service: 'shop', note: 'a=b' })
    expect(as('AUTODUMP_LABELS', '{"service":"shop"}')).toEqual({ service: 'shop' })
    expect(as('AUTODUMP_THRESHOLDS', '{"cpu":{"spike":null}}')).toEqual({ cpu: { spike: null } })
    expect(as('AUTODUMP_THRESHOLDS_CPU_SPIKE', 'null')).toBeNull()
    expect(as('AUTODUMP_THRESHOLDS_CPU_CAPTURE', 'requests,report')).toEqual(['requests', 'report'])
    expect(as('AUTODUMP_NOTIFY_WEBHOOK', 'https://a.example/x')).toBe('https://a.example/x')
    expect(as('AUTODUMP_NOTIFY_WEBHOOK', '[{"url":"https://a.example"}]')).toEqual([{ url: 'https://a.example' }])
    expect(as('AUTODUMP_AUTH', 'false')).toBe(false)
  })

  it('stays text where it is not of that type, so that the check can show it', () => {
    expect(as('AUTODUMP_INTERVAL', '1s')).toBe('1s')
    expect(as('AUTODUMP_INTERVAL', 'Infinity')).toBe('Infinity')
    expect(as('AUTODUMP_RECORDER_ENABLED', 'maybe')).toBe('maybe')
  })

  it('is not in the message about JSON that is none', () => {
    expect(() => as('AUTODUMP_THRESHOLDS', '{secret')).toThrow(/^is not valid JSON$/)
    expect(() => as('AUTODUMP_LABELS', 'secret')).toThrow(/^must be name=value/)
  })
})
