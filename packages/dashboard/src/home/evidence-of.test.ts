import { expect, test } from 'vitest'
import { evidenceOf } from './evidence-of.ts'

const file = (
  kind: 'cpu-profile' | 'requests' | 'heap-profile' | 'trace',
  state: 'complete' | 'failed' = 'complete',
) => ({
  ...{ file: `${kind}.json`, kind, bytes: 1, state },
})

test('what says most about the metric comes first, what failed is left out', () => {
  const artifacts = [
    file('trace'),
    file('requests'),
    file('cpu-profile'),
    file('cpu-profile'),
    file('heap-profile', 'failed'),
  ]
  const kindsFor = (metric: string | null) => evidenceOf({ metric, artifacts }).map(({ kind }) => kind)
  expect(kindsFor('cpu')[0]).toBe('cpu-profile')
  expect(kindsFor('inFlight')[0]).toBe('requests')
  expect(kindsFor('cpu')).toHaveLength(3)
  expect(kindsFor(null)).toEqual(['trace', 'requests', 'cpu-profile'])
})
