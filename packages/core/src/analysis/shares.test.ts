import { describe, expect, it } from 'vitest'
import type { SharesDigest } from '../model/shares.js'
import { profileOf } from '../testing/profile-of.js'
import { createShares } from './shares.js'

const about = {
  ...{
    service: 'shop',
    version: '1.8.2',
    instance: 'pod-1',
    from: '2026-11-29T10:00:00.000Z',
    to: '2026-11-29T10:10:00.000Z',
  },
  ...{ requests: 500, sampleMs: 20 },
}

describe('a digest of shares', () => {
  it('adds up what functions of the app cost themselves, with the runtime that they call', () => {
    const shares = createShares()
    const handler = 'handle /app/server.js:3'
    const profile = profileOf(
      [100, handler, 'serialize /app/src/render.js:88'],
      [50, handler, 'serialize /app/src/render.js:88', 'readFileSync node:fs:1'],
      [30, handler],
      [500, '(idle)'],
    )
    shares.add(profile, '/app')
    shares.add(profile, '/app')
    const digest = JSON.parse(shares.digest(about)) as SharesDigest
    expect(digest).toEqual({
      ...{ format: 1, ...about, busyMs: 360 },
      functions: [
        ['serialize', 'src/render.js', 88, 300],
        ['handle', 'server.js', 3, 60],
      ],
    })
  })

  it('has at most 200 functions and 20,000 bytes, the most expensive ones', () => {
    const shares = createShares()
    const long = 'directory/'.repeat(20)
    for (let index = 1; index <= 400; index++)
      shares.add(profileOf([index, `function${index} /app/${long}${index}.js:${index}`]), '/app')
    const text = shares.digest(about)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_000)
    const { functions, busyMs } = JSON.parse(text) as SharesDigest
    expect(functions[0]?.[0]).toBe('function400')
    expect(functions.length).toBeGreaterThan(50)
    expect(functions.length).toBeLessThanOrEqual(200)
    expect(busyMs).toBe((400 * 401) / 2)
  })
})
