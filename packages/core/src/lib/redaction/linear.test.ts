// @module-tag full
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepsOf } from '../../testing/steps.js'
import { pathOnly } from '../path.js'
import { redactCommandLine } from './command-line.js'
import { redactError, redactText } from './text.js'

/** The pieces that the scanner stops at, looks ahead from, or remembers an end of. */
const pieces =
  'a|ab|token|token:|token: |token=|token="|token=\'is |token: "is |token=[|token={|token=(|tokens: [ |tokens: { |password |password "|password (|`password` (|--password |--token=|-p |-u a:|a://|?a://|a://b@|a:/|@|:|::|a@b|a:b@|a:b@c|Bearer |Basic |eyJ|eyJa.|-----BEGIN A-----|-----END |cookie: a=|cookie: |authorization: |authorization: Bearer |authorization: Digest |value "|value: |path "password"|`|`a`|"|\'|\\|\\"|\\\\"|&quot;|%22|%3D|data:|data:,|data:a,|GET /|GET /a?|<password>|<|>|(|)|[|]|{|}|,|;|&|/|/a|//|.|..|-|_|:1|a.js:1|file:///|sk_live_|AKIA|xoxb-|\n|\n    at |\r\n| |name="password"\n\n|values (|params: |IDENTIFIED BY \'|session is |0|9|f|é|“|$|${|%s|=|==|=>|:=|!=|\\n|\\npassword:|a=b;|a=b&|x,|Invalid |key=|api key |was: "'.split(
    '|',
  )

/** However long the text is. The most that was seen in 9,000 texts was 131, for `token:` over and over. */
const mostPerCharacter = 250

const fill = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)

function expectLinear(piece: string): void {
  for (const length of [300, 3000]) {
    const text = fill(piece, length)
    const works = [() => redactError(text, length), () => redactText(text, length), () => redactCommandLine([text])]
    for (const work of works) expect(stepsOf(work) / length, JSON.stringify(piece)).toBeLessThan(mostPerCharacter)
  }
}

describe('the work grows with the length of the text', { timeout: 300_000 }, () => {
  it('of each piece, over and over', () => {
    for (const piece of pieces) expectLinear(piece)
  })

  it('of pieces in any order, over and over', () => {
    const some = fc.array(fc.constantFrom(...pieces), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(some, chosen => expectLinear(chosen.join(''))),
      { numRuns: 60 },
    )
  })

  it('of any text', () => {
    const texts = fc.array(fc.constantFrom(...pieces), { minLength: 50, maxLength: 200 })
    fc.assert(
      fc.property(texts, chosen => {
        const text = chosen.join('')
        expect(stepsOf(() => redactError(text, text.length)) / text.length).toBeLessThan(mostPerCharacter)
      }),
      { numRuns: 40 },
    )
  })

  it('and ends where more would not be shown', () => {
    const [short, long] = [10_000, 10_000_000].map(length => `password: ${fill('0af ', length)}`)
    expect(stepsOf(() => redactError(long as string, 1000))).toBe(stepsOf(() => redactError(short as string, 1000)))
    expect(redactError(fill('word ', 10_000_000), 1000)).toHaveLength(1000)
    expect(pathOnly(`/${fill('a1', 10_000_000)}`).length).toBeLessThanOrEqual(512)
  })

  it('as far as this can tell', () => {
    const square = (text: string) => {
      for (let at = 0; at < text.length; at++) for (let to = at; to < text.length; to++) text.charCodeAt(to)
    }
    expect(stepsOf(() => square('a'.repeat(600)))).toBeGreaterThan(600 * mostPerCharacter)
  })
})

it('redaction uses no regular expression, so that hooks may call it in the middle of the code of the app', () => {
  const { exec } = RegExp.prototype
  let count = 0
  RegExp.prototype.exec = function (this: RegExp, text: string) {
    count++
    return exec.call(this, text)
  }
  try {
    for (const piece of pieces) redactError(fill(piece, 200))
    redactCommandLine(pieces)
  } finally {
    RegExp.prototype.exec = exec
  }
  expect(count).toBe(0)
})
