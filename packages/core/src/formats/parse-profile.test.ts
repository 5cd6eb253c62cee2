import { expect, it } from 'vitest'
import { parseProfile } from './parse-profile.js'

/** A node as Node.js 26 writes it. */
const node = (id: number, name: string, url = 'file:///app/a.js') =>
  `{"id":${id},"hitCount":1,"callFrame":{"functionName":"${name}","lineNumber":2,"columnNumber":-1,"scriptId":89,"url":"${url}"},"children":[]}`

const profile = (...nodes: string[]) =>
  `{"nodes":[${nodes.join(',')}],"startTime":1,"endTime":2,"samples":[1],"timeDeltas":[0]}`

const namesIn = (json: string) =>
  (parseProfile(json) as { nodes: { callFrame: { functionName: string; url: string } }[] }).nodes.map(
    ({ callFrame }) => [callFrame.functionName, callFrame.url],
  )

it('a profile whose names have no escapes is read as it was meant', () => {
  const url = 'data:text/javascript,let a="\\d"'
  const json = profile(node(1, '(root)', ''), node(2, 'RegExp: \\d+x'), node(3, 'a"b'), node(4, 'plain', url))
  expect(() => JSON.parse(json)).toThrow(SyntaxError)
  expect(namesIn(json)).toEqual([
    ['(root)', ''],
    ['RegExp: \\d+x', 'file:///app/a.js'],
    ['a"b', 'file:///app/a.js'],
    ['plain', url],
  ])
})

it('a profile whose names have their escapes stays as it is', () => {
  expect(namesIn(profile(node(1, 'RegExp: \\\\d')))).toEqual([['RegExp: \\d', 'file:///app/a.js']])
})

it('a text that is no profile is refused as JSON does', () => {
  for (const text of ['', '{"nodes":[', profile(node(1, 'a"b')).slice(0, -3)])
    expect(() => parseProfile(text)).toThrow(SyntaxError)
})
