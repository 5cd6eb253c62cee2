import { expect, it } from 'vitest'
import { negatives, positives, score } from '../../../../../bench/redaction/corpus/index.js'
import { pathOnly } from '../path.js'
import { redactCommandLine } from './command-line.js'
import { redactError } from './text.js'

const redaction = { redactError, redactCommandLine, pathOnly }

it('the corpus of secrets is large enough to say something', () => {
  expect(positives.length).toBeGreaterThanOrEqual(200)
  expect(negatives.length).toBeGreaterThanOrEqual(200)
  expect(positives.filter(({ text, secret }) => !text.toString().includes(secret))).toEqual([])
  // A redaction that hides nothing misses all, and one that hides everything touches all.
  const nothing = {
    redactError: (text: string) => text,
    redactCommandLine: (args: string[]) => args,
    pathOnly: (path: string) => path,
  }
  expect(score(nothing).missed).toHaveLength(positives.length)
  const everything = { redactError: () => '', redactCommandLine: () => [], pathOnly: () => '' }
  expect(score(everything).touched).toHaveLength(negatives.length)
})

it('the corpus of secrets misses no secret', () => {
  expect(score(redaction).missed).toEqual([])
})

it('the corpus of secrets touches at most 2% of what is none', () => {
  const { touched } = score(redaction)
  expect(touched.length / negatives.length, JSON.stringify(touched, null, 2)).toBeLessThanOrEqual(0.02)
})

it('the corpus of secrets leaves alone what it has redacted', () => {
  for (const { text, as } of positives) {
    if (as !== 'message') continue
    const once = redactError(text)
    expect(redactError(once)).toBe(once)
  }
})
