import { describe, expect, it } from 'vitest'
import { asItRan } from './as-ran.js'

const key = ['sk', 'live', 'a1b2c3d4e5f6a7b8c9d0'].join('_')

const line = (code: string) => `${'var pad=1;'.repeat(60)}${code}${'pad=2;'.repeat(60)}`

function pieceOf(code: string, name: string, at: string) {
  const text = `first\n${line(code)}\n`
  const column = line(code).indexOf(at) + 1
  return asItRan(text)({ name, url: 'file:///a.js', line: 2, column })
}

describe('a place in a line of a minifier', () => {
  it.each([
    ['function t(e){let n=0;return n}', 't', '(e)', 'function t(e){let n=0;return n}pad=2;pad=2;'],
    ['x=async e=>{await n(e)};', 'x', 'e=>', 'x=async e=>{await n(e)};pad=2;'],
    ['class A{price(e){return e}}', 'price', '(e)', 'price(e){return e}}pad=2;'],
    ['o(function(e){return e});', '(anonymous)', '(e)', 'function(e){return e});pad=2;'],
  ])('has its column and a piece of its code: %s', (code, name, at, piece) => {
    const found = pieceOf(code, name, at)
    expect(found).toMatchObject({ name, line: 2, column: line(code).indexOf(at) + 1 })
    expect(found?.code).toContain(piece)
    expect(found?.code?.length).toBeLessThan(62)
  })

  it.each([
    `function t(e){return f("${key}")}`,
    `function t(e){return f('${key}')}`,
    `function t(e){return f(\`${key}\`)}`,
    `function t(e){return f("it's \\" ${key}`,
    `function t(e){return /${key}/}`,
  ])('has no texts in it, which may be secrets: %s', code => {
    expect(pieceOf(code, 't', '(e)')?.code).toMatch(/^function t\(e\)\{return/)
    expect(pieceOf(code, 't', '(e)')?.code).not.toMatch(/sk_|a1b2/)
  })

  it('is told by its line where that is short, and not at all where it is not there', () => {
    const text = 'function t(e) {\n  return e\n}\n'
    for (const [at, column] of [
      [1, 11],
      [9, 1],
      [0, 0],
    ] as const)
      expect(asItRan(text)({ name: 't', url: 'file:///a.js', line: at, column })).toBeNull()
  })
})

describe('a place with a hot line', () => {
  const text = 'function top(rows) {\n  const all = load()\n  return rows.sort((a, b) => a - b)\n}\n'
  const place = { name: 'top', url: 'file:///srv/a.js', line: 1, column: 13 }

  it('has the slow functions that the line calls', () => {
    expect(asItRan(text)({ ...place, hotLine: 3 })).toEqual({ ...place, hotLine: 3, calls: 'Array.sort' })
    expect(asItRan(text)({ ...place, hotLine: 2 })).toEqual({ ...place, hotLine: 2 })
    expect(asItRan(text)({ ...place, hotLine: 1 })).toBeNull()
    expect(asItRan(text)(place)).toBeNull()
  })

  it('has the line where it was written, if the map knows it', () => {
    const written = (line: number) => ({ name: 'top', url: 'file:///srv/a.ts', line: line + 20, column: 1 })
    const mapped = asItRan(text, ({ line }) => written(line))
    expect(mapped({ ...place, hotLine: 3 })).toEqual({ ...written(1), hotLine: 23, calls: 'Array.sort' })
    const lost = asItRan(text, ({ line }) => (line === 1 ? written(1) : null))
    expect(lost({ ...place, hotLine: 3 })).toEqual({ ...written(1), calls: 'Array.sort' })
  })

  it('says of a callback which function gets it', () => {
    const callback = { name: '(anonymous)', url: 'file:///srv/a.js', line: 3, column: 20 }
    expect(asItRan(text)(callback)).toMatchObject({ givenTo: 'Array.sort' })
    expect(asItRan('const f = (a) => a\n')({ ...callback, line: 1, column: 11 })).toBeNull()
  })
})
