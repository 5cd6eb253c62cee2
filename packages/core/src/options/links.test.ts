import { describe, expect, it } from 'vitest'
import { traceUrlOf } from '../model/trace-context.js'
import { fromEnvironment } from './environment.js'
import { resolveOptions } from './options.js'

describe('links.trace', () => {
  it.each([
    'https://tempo.example/trace/{traceId}',
    'http://localhost:16686/trace/{traceId}?uiFind={spanId}',
    'https://x.example/#/{spanId}/{traceId}',
  ])('takes %s', trace => expect(resolveOptions({ links: { trace } }, {}).links).toEqual({ trace }))

  it.each([
    'https://tempo.example/',
    'https://tempo.example/{spanId}',
    'https://tempo.example/{trace}/{traceId}',
    'javascript:alert({traceId})',
    '/trace/{traceId}',
    'https://{traceId}.traces.example/',
    'https://tempo.example/a b/{traceId}',
  ])('refuses %s', trace => expect(() => resolveOptions({ links: { trace } }, {})).toThrow('links.trace'))

  it('fills in both ids, as often as they occur', () => {
    const ids = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }
    const url = traceUrlOf('https://x/{traceId}/{spanId}?t={traceId}', ids)
    expect(url).toBe(`https://x/${ids.traceId}/${ids.spanId}?t=${ids.traceId}`)
  })
})

describe('terminationLog', () => {
  it('is the file of Kubernetes, another path, or off', () => {
    expect(resolveOptions({}, {}).terminationLog).toBe('/dev/termination-log')
    expect(resolveOptions({ terminationLog: '/tmp/log' }, {}).terminationLog).toBe('/tmp/log')
    expect(resolveOptions({ terminationLog: false }, {}).terminationLog).toBe(false)
    const variable = (AUTODUMP_TERMINATION_LOG: string) => fromEnvironment({ AUTODUMP_TERMINATION_LOG }).options
    expect(variable('false')).toEqual({ terminationLog: false })
    expect(variable('/run/last-words')).toEqual({ terminationLog: '/run/last-words' })
  })

  it.each([true, 7, '', 'a\0b'])('is not %j', terminationLog =>
    expect(() => resolveOptions({ terminationLog: terminationLog as never }, {})).toThrow('terminationLog'),
  )
})
