import { describe, expect, it } from 'vitest'
import { createBudget } from './budget.js'

function budget(holders: number, bytes: number) {
  const hold = createBudget({ holders, bytes })
  const cutOff: string[] = []
  return {
    cutOff,
    hold: (name: string, bytes = 1, known = false) => hold({ bytes, known, cutOff: () => cutOff.push(name) }),
  }
}

describe('what is held for all', () => {
  it('is never for more than so many: whoever has held for longest is cut off', () => {
    const { hold, cutOff } = budget(2, 100)
    const a = hold('a')
    hold('b')
    a.release()
    hold('a again')
    hold('c')
    expect(cutOff).toEqual(['b'])
  })

  it('is never more bytes, also where it grows', () => {
    const { hold, cutOff } = budget(10, 100)
    const a = hold('a', 40)
    const b = hold('b', 40)
    b.grow(60)
    expect(cutOff).toEqual([])
    b.grow(61)
    expect(cutOff).toEqual(['a'])
    a.grow(1000) // It is not held any more.
    a.release()
    hold('c', 40)
    expect(cutOff).toEqual(['a', 'b'])
  })

  it('is taken from strangers first, even from one that has just come', () => {
    const { hold, cutOff } = budget(3, 100)
    hold('known', 1, true)
    hold('stranger')
    hold('known too', 1, true)
    hold('another stranger')
    hold('known as well', 1, true)
    hold('late stranger')
    expect(cutOff).toEqual(['stranger', 'another stranger', 'late stranger'])
    hold('known at last', 1, true)
    expect(cutOff.at(-1)).toBe('known')
  })

  it('goes to nobody who wants more than there is', () => {
    const { hold, cutOff } = budget(3, 100)
    hold('a', 101)
    expect(cutOff).toEqual(['a'])
    hold('b', 100)
    expect(cutOff).toEqual(['a'])
  })
})
