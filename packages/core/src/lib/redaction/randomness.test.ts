import { randomInt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isUuid, looksRandom } from './randomness.js'

const lower = 'abcdefghijklmnopqrstuvwxyz'

const upper = lower.toUpperCase()

const alphabets = {
  base64url: `${lower}${upper}0123456789-_`,
  base62: `${lower}${upper}0123456789`,
  letters: lower + upper,
  'small letters': lower,
  'base 36': `${lower}0123456789`,
  'base 32': `${upper}234567`,
}

const random = (alphabet: string, length: number) =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

describe.each(Object.entries(alphabets))('random %s', (_, alphabet) => {
  // In 10,000 of each: 0.14% at most of 24 characters, none of 40. The limits leave room for chance.
  it.each([
    [24, 15],
    [32, 4],
    [43, 2],
  ])('of %i characters is a token: all but %i of 2,000', (length, most) => {
    const missed = Array.from({ length: 2000 }, () => random(alphabet, length)).filter(
      text => !looksRandom(text, { hex: true }),
    )
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(most)
  })
})

it.each([
  ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b', true],
  ['Zm9vYmFyMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY', true],
  ['plantedpath09f86d081884c7d659a2feaa0', true],
  ['how-we-moved-300-services-to-node-24-in-2026', false],
  ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', false],
  ['handlePaymentNotificationFromUpstreamService', false],
  ['12345678901234567890123456789012345', false],
  ['507f1f77bcf86cd799439011', false],
  ['01ARZ3NDEKTSV4RRFFQ69G5FAV', false],
  ['clh3x2k9f0000qzrmn831i7rn', false],
  ['6f1c2b34-9a7e-4c1d-8f00-0123456789ab', false],
  ['20261129T013512123Z-42-eventLoopDelay-watermark', false],
  ['x'.repeat(1000), false],
  ['', false],
])('the search for random tokens takes %s for a token: %s', (word, expected) => {
  expect(looksRandom(word, { hex: true })).toBe(expected)
})

it('the search for random tokens takes hexadecimal digits for a hash where it is told to', () => {
  expect(looksRandom('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b', { hex: false })).toBe(false)
})

it('the search for random tokens knows UUIDs', () => {
  expect(isUuid('6f1c2b34-9a7e-4c1d-8f00-0123456789ab')).toBe(true)
  expect(isUuid('6f1c2b34-9a7e-4c1d-8f00-0123456789ag')).toBe(false)
  expect(isUuid('6f1c2b349a7e4c1d8f000123456789ab0000')).toBe(false)
})
