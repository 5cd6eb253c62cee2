import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compact, grouped } from './numerals.js'

const number = fc.oneof(
  fc.integer().map(value => value || 0),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(value => value || 0),
  fc.double({ min: -1e20, max: 1e20, noNaN: true }).map(value => Math.round(value) || 0),
)

describe('numbers without Intl', () => {
  it('groups as Intl does in English', () => {
    fc.assert(
      fc.property(number, value => {
        expect(grouped(value)).toBe(value.toLocaleString('en'))
      }),
    )
    for (const value of [0, 0.0004, -0.0004, 999.9996, 1e20]) expect(grouped(value)).toBe(value.toLocaleString('en'))
  })

  it('shows numbers beyond all figures as they are', () => {
    expect([Number.NaN, Number.POSITIVE_INFINITY, -1e21].map(grouped)).toEqual(['NaN', 'Infinity', '-1e+21'])
    expect(compact(Number.POSITIVE_INFINITY)).toBe('Infinity')
  })

  it('abbreviates as Intl does in English', () => {
    const intl = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 })
    const large = fc.tuple(fc.double({ min: 1, max: 9.99, noNaN: true }), fc.integer({ min: 0, max: 14 }), fc.boolean())
    fc.assert(
      fc.property(large, ([digits, power, isNegative]) => {
        const value = (isNegative ? -1 : 1) * digits * 10 ** power
        expect(compact(value)).toBe(intl.format(value))
      }),
    )
    for (const value of [999, 999.5, 1000, 99_950, 999_499, 999_500, 999_999, 1e6, 1e9, 1e12, 85_899_345_920])
      expect(compact(value)).toBe(intl.format(value))
  })
})

it('nothing of the monitor uses Intl, whose tables weigh as much as the half of a thread', () => {
  const root = new URL('../', import.meta.url)
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(file => /(?<!\.test)\.ts$/.test(file))
  const uses = /\bIntl\.|(?<!\\)\.(toLocale\w*|localeCompare)\(/
  const strays = sources.filter(file =>
    uses.test(readFileSync(new URL(file, root), 'utf8').replace(/^\s*(\/\*|\*|\/\/).*$/gm, '')),
  )
  expect(strays).toEqual([])
})
