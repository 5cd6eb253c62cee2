import { describe, expect, it } from 'vitest'
import { acceptsGzip, matchesStrongly, matchesWeakly } from './negotiation.js'

describe('gzip', () => {
  it.each([
    [null, false],
    ['', false],
    ['gzip', true],
    ['GZIP', true],
    ['x-gzip', true],
    ['br, gzip;q=0.1', true],
    ['gzip;q=0', false],
    ['gzip;q=0.000', false],
    ['gzip; q=0, *', false],
    ['*', true],
    ['*;q=0', false],
    ['identity', false],
    ['br', false],
    ['gzip;q=0.5, identity', false],
    ['gzip;q=0.5, identity;q=0.2', true],
    ['gzip;q=nonsense', false],
    ['gzipped', false],
  ])('%j: %s', (header, accepted) => {
    expect(acceptsGzip(header)).toBe(accepted)
  })
})

describe('entity tags', () => {
  it.each([
    ['"a"', '"a"', true, true],
    ['"b"', '"a"', false, false],
    ['"b", "a"', '"a"', true, true],
    ['"b","a,c"', '"a,c"', true, true],
    ['*', '"a"', true, true],
    ['W/"a"', '"a"', false, true],
    ['W/"a"', 'W/"a"', false, true],
    ['a', '"a"', false, false],
    ['', '"a"', false, false],
  ])('%j and %j: strongly %s, weakly %s', (header, etag, strongly, weakly) => {
    expect(matchesStrongly(header, etag)).toBe(strongly)
    expect(matchesWeakly(header, etag)).toBe(weakly)
  })
})
