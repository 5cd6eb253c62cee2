import { expect, it } from 'vitest'
import type { Holder } from '../model/holders.js'
import { type Held, nameHolding, sayHolders } from './holders.js'

const MiB = 1024 ** 2

const held = (holder: Partial<Holder>): Held => ({
  ...{ bytes: 20 * MiB, externalBytes: 0, classes: [], detached: { count: 0, bytes: 0 }, nodes: 1, edges: 1 },
  ...{ strings: { duplicates: null, sliced: { count: 0, bytes: 0 } }, parseMs: 1, analysisMs: 1 },
  holders: [
    {
      ...{
        path: 'variables of callbacks',
        class: 'callback',
        entries: 600,
        bytes: 11 * MiB,
        externalBytes: 0,
        holds: [],
      },
      anchor: {
        kind: 'closure',
        place: { function: 'refresh', file: 'file:///app/src/session.js', line: 12, column: 3 },
        functions: ['refresh'],
      },
      ...holder,
    },
  ],
})

it('callbacks that Node keeps are told by their function', () => {
  expect(sayHolders(held({}), '/app')).toBe(
    'the variables of 600 callbacks of refresh (src/session.js:12), which timers, listeners or promises keep, hold 11 MiB of the 20 MiB of live memory',
  )
  expect(nameHolding(held({}), '/app')).toEqual(['600 callbacks of refresh (src/session.js:12) hold 11 MiB'])
})

it('a callback without a name is told by its place', () => {
  const [holder] = held({}).holders as [Holder]
  const place = { function: '(anonymous)', file: 'file:///app/src/session.js', line: 12, column: 3 }
  expect(nameHolding(held({ anchor: { ...holder.anchor, place } }), '/app')).toEqual([
    '600 callbacks of the function at src/session.js:12 hold 11 MiB',
  ])
})
