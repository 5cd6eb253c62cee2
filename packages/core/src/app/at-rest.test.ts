import { expect, it } from 'vitest'
import { restlessFor } from './at-rest.js'

it('an app with less than a core has longer to load, but no longer than any program may start', () => {
  expect([1, 0.5, 0.2, 0.1, 0.01].map(restlessFor)).toEqual([3000, 6000, 15_000, 30_000, 30_000])
})
