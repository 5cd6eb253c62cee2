import { afterEach, expect, it } from 'vitest'
import { locate, setOwnRegions } from '../analysis/places.js'
import { isWithin, ownRegions, type Region } from './own-code.js'

afterEach(() => setOwnRegions([]))

const region: Region = { script: '/app/main.cjs', from: [10, 5], to: [20, 1] }

it('our own code is what lies between its marks, on one line of a minified file too', () => {
  const within = (line: number, column: number) => isWithin([region], '/app/main.cjs', line, column)
  expect([within(10, 5), within(15, 1), within(20, 1)]).toEqual([true, true, true])
  expect([within(10, 4), within(20, 2), within(9, 90)]).toEqual([false, false, false])
  expect(isWithin([region], '/app/other.cjs', 15, 1)).toBe(false)
})

it('our own code is never the app, though the file is', () => {
  setOwnRegions([region])
  const owner = (line: number, url = 'file:///app/main.cjs') =>
    locate({ name: 'f', url, line, column: 1 }, '/app', () => null).owner
  expect([owner(15), owner(25), owner(15, '/app/main.cjs')]).toEqual(['autodump', 'app', 'autodump'])
})

it('our own code is found by what the modules have left, where there is a bundle', () => {
  const key = Symbol.for('autodump.own')
  const holder = globalThis as { [key]?: Error[][] }
  const before = holder[key]
  try {
    const first = new Error('top')
    const last = new Error('end')
    holder[key] = [[last, first, last, last]]
    const [found] = ownRegions(null) as [Region]
    expect(found.script).toContain('own-code.test.ts')
    expect(found.from[0]).toBeLessThan(found.to[0])
    expect(ownRegions()).toEqual([])
  } finally {
    holder[key] = before
  }
})
