import { expect, it } from 'vitest'
import { gapBefore } from './sample.js'

const at = (ms: number) => ({ at: ms, values: {} })

it('the search for gaps finds a gap where a sample comes more than one and a half intervals after the one before', () => {
  expect(gapBefore(at(0), undefined, 1000)).toBeUndefined()
  expect(gapBefore(at(1000), at(0), 1000)).toBeUndefined()
  expect(gapBefore(at(1500), at(0), 1000)).toBeUndefined()
  expect(gapBefore(at(1501), at(0), 1000)).toBe(1501)
})

it('the search for gaps finds none where the clock was set back', () => {
  expect(gapBefore(at(0), at(5000), 1000)).toBeUndefined()
})
