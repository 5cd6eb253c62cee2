import { describe, expect, it } from 'vitest'
import { clean, cleanDeep, toJson } from './clean.js'

describe('text from elsewhere', () => {
  it('cannot command the terminal', () => {
    expect(clean('/a\u001b[2J\r\n\u009b31m')).toBe('/a\\u001b[2J\\u000d\\u000a\\u009b31m')
    expect(clean('a\u202eb\u2028')).toBe('a\\u202eb\\u2028')
    expect(clean('naïve 日本 🎉')).toBe('naïve 日本 🎉')
    expect(cleanDeep({ 'a\u0007': [{ b: '\u001b' }], n: 1, none: null })).toEqual({
      'a\\u0007': [{ b: '\\u001b' }],
      n: 1,
      none: null,
    })
  })

  it('is the same value in JSON, and harmless too', () => {
    const value = { text: '\u009b31m \u202e \u{e0001} \u001b ok' }
    const json = toJson(value)
    expect(json).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(JSON.parse(json)).toEqual(value)
  })
})
