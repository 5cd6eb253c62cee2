import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileKey, indexKey, invertedTime, nameOf, parseIndexKey, segmentOf, sharesKey, trimmed } from './keys.js'

const entry = {
  at: 1_795_975_713_433,
  service: '@acme/shop',
  instance: 'shop-7d9f-x2.prod',
  version: '1.8.3',
  metric: 'eventLoopDelay',
  rule: 'watermark',
  fingerprint: '0123456789ab',
  id: '2026-11-29T18-08-33Z-eventLoopDelay-watermark-1-1',
}

describe('a segment of a key', () => {
  it('never holds a slash or a dot', () => {
    expect(segmentOf('@acme/shop')).toBe('%40acme%2Fshop')
    expect(segmentOf('..')).toBe('%2E%2E')
    expect(segmentOf('')).toBe('-')
  })

  it('gives the name back where it is short', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 10, unit: 'grapheme' }), name => {
        const segment = segmentOf(name)
        expect(segment).toMatch(/^[\w~%-]+$/)
        const isWhole = !/~[0-9a-f]{12}$/.test(segment) && !/\p{Surrogate}/u.test(name)
        if (isWhole) expect(nameOf(segment)).toBe(name)
      }),
    )
  })

  it('of a long name is cut with a hash, so that two long names stay two', () => {
    const [a, b] = ['a', 'b'].map(end => segmentOf(`${'/'.repeat(200)}${end}`)) as [string, string]
    expect([a.length <= 100, b.length <= 100, a === b]).toEqual([true, true, false])
    expect(() => decodeURIComponent(a.split('~')[0] as string)).not.toThrow()
  })
})

describe('a key of the index', () => {
  it('has all that a list needs', () => {
    const key = indexKey('team/a', entry)
    expect(key).toMatch(/^team\/a\/v1\/index\/%40acme%2Fshop\/\d{13}~/)
    expect(parseIndexKey('team/a', key)).toEqual(entry)
  })

  it('has the newest first', () => {
    expect(invertedTime(2000) < invertedTime(1000)).toBe(true)
  })

  it('gives back whatever names are in it', () => {
    const name = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' })
    fc.assert(
      fc.property(name, name, name, name, (service, instance, metric, id) => {
        const one = { ...entry, service, instance, metric: `m${metric}`, id, version: '' }
        expect(parseIndexKey('', indexKey('', one))).toEqual(one)
      }),
    )
  })

  it.each([
    'v1/index/shop/x.json',
    'v1/index/shop/1234567890123~a~b.json',
    'v1/index/shop/deeper/1234567890123~a~b~c-d~e~f.json',
    'v1/dumps/shop/1234567890123~a~b~c-d~e~f.json',
    'v1/index/shop/1234567890123~a~b~c-d~e~f.txt',
    'v1/index/shop/1234567890123~ä~b~c-d~e~f.json',
  ])('that is none of ours is left alone: %s', key => {
    expect(parseIndexKey('', key)).toBeUndefined()
  })
})

it('a file lies in the folder of its dump, below the prefix', () => {
  expect(fileKey(trimmed('/p/'), { service: 's', instance: 'i', id: 'd' }, 'manifest.json')).toBe(
    'p/v1/dumps/s/i/d/manifest.json',
  )
})

it('each process has shares of its own, also beside others of one instance label', () => {
  const one = {
    service: 'shop',
    version: '',
    instance: 'pod.1',
    process: '7-0123abcd',
    at: Date.UTC(2026, 10, 29, 12, 5),
  }
  expect(sharesKey('p', one)).toBe('p/v1/shares/shop/-/20261129T120500-pod%2E1-7-0123abcd.json')
  expect(sharesKey('p', { ...one, process: '8-0123abcd' })).not.toBe(sharesKey('p', one))
  expect(sharesKey('p', { ...one, at: one.at + 1000 }) > sharesKey('p', one)).toBe(true)
})
