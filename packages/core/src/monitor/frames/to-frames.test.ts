import { describe, expect, it } from 'vitest'
import type { DescribedVariable } from '../../link/replies.js'
import { readOfText } from '../../model/frames.js'
import type { RawFrame } from './frame-reader.js'
import { hasUnknown, toFrames } from './to-frames.js'

const raw = (...scopes: DescribedVariable[][]): RawFrame => ({
  name: 'drain',
  url: 'file:///srv/app.js?secret=1',
  begins: { lineNumber: 2, columnNumber: 14 },
  stands: { lineNumber: 4 },
  variables: scopes.map(scope => JSON.stringify(scope)),
})

const variablesOf = (...all: DescribedVariable[]) => toFrames([raw(all)])[0]?.variables

describe('the frames of a read', () => {
  it('have places from 1, a URL without its query, and the inner of two variables of one name', () => {
    const inner: DescribedVariable[] = [['row', 'string', 8, null]]
    const outer: DescribedVariable[] = [
      ['row', 'number', 1, null],
      ['rows', 'object', 12, 'Array'],
    ]
    const frame = { ...raw(inner, outer), variables: [...raw(inner, outer).variables, null, undefined] }
    expect(toFrames([frame])).toEqual([
      {
        name: 'drain',
        url: 'file:///srv/app.js',
        line: 3,
        column: 15,
        runningLine: 5,
        runningColumn: 1,
        variables: [
          { name: 'row', kind: 'string', size: 8 },
          { name: 'rows', kind: 'object', size: 12, class: 'Array' },
        ],
      },
    ])
  })

  it.each([
    'password',
    'apiKey',
    'API_KEY',
    'userToken',
    'pin',
    'cvv',
    'cardNumber',
    'iban',
    'customer_ssn',
    'sessionId',
  ])('hide the value and the size of %s', name => {
    expect(variablesOf([name, 'number', 4711, null])).toEqual([{ name, kind: 'hidden' }])
    expect(variablesOf([name, 'string', 12, null])).toEqual([{ name, kind: 'hidden' }])
  })

  it('hide the number of a card, whatever it is called, and no time or count', () => {
    const card = Number(['4111', '1111', '1111', '1111'].join(''))
    expect(variablesOf(['value', 'number', card, null])).toEqual([{ name: 'value', kind: 'hidden' }])
    for (const count of [0, -1, 1.5, 41_111_111, 1_795_988_734_402, card + 1, 'NaN'])
      expect(variablesOf(['value', 'number', count, null])).toEqual([{ name: 'value', kind: 'number', value: count }])
  })

  it.each(['key', 'index', 'passes', 'tokenCount', 'hits', 'authors', 'compassHeading'])('show %s', name => {
    expect(variablesOf([name, 'number', 3, null])).toEqual([{ name, kind: 'number', value: 3 }])
  })
})

describe('a text that may be shown', () => {
  const textOf = (text: string, content: number) =>
    toFrames([raw([['line', 'string', text.length, null, text.slice(0, readOfText(content) + 1)]])], content)[0]
      ?.variables[0]?.text

  it('is cut, with a mark where more was there', () => {
    expect(textOf('GET /orders', 40)).toBe('GET /orders')
    expect(textOf('one two three four five six', 10)).toBe('one two t…')
    expect(textOf('x y '.repeat(500), 100)?.length).toBeLessThanOrEqual(100)
  })

  it('loses what looks like a secret, a cut one too', () => {
    const password = ['hunter', '2Xq'].join('')
    expect(textOf(`user=jane password=${password} rest`, 200)).not.toContain(password)
    expect(textOf(`user=jane password=${password.repeat(30)}`, 30)).not.toContain(password)
  })

  it('is not shown under a name that looks secret, nor without the option', () => {
    const variable: DescribedVariable = ['password', 'string', 3, null, 'abc']
    expect(toFrames([raw([variable])], 100)[0]?.variables).toEqual([{ name: 'password', kind: 'hidden' }])
    expect(toFrames([raw([['line', 'string', 3, null, 'abc']])])[0]?.variables).toEqual([
      { name: 'line', kind: 'string', size: 3 },
    ])
  })
})

describe('a variable that V8 has optimised away', () => {
  const read = (kind: 'unknown' | 'undefined' | 'number') =>
    toFrames([raw([['index', kind, kind === 'number' ? 1 : null, null]])])

  it('is missing until one read has it', () => {
    expect(hasUnknown([read('unknown')])).toBe(true)
    expect(hasUnknown([read('undefined'), read('unknown')])).toBe(true)
    expect(hasUnknown([read('unknown'), read('number')])).toBe(false)
    expect(hasUnknown([[]])).toBe(false)
  })
})
