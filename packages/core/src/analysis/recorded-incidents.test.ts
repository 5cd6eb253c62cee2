import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toInput } from '../testing/recorded/to-input.mjs'
import { headlineLimits } from './headline.js'
import { type SummaryInput, summarise } from './summary.js'

const directory = new URL('../testing/recorded/', import.meta.url)

/**
 * Real processes that went wrong, as `scripts/record-incidents.mjs` has recorded them on a busy machine: the words
 * that the person on call must read.
 */
const wished: Record<string, RegExp[]> = {
  'a-synchronous-child-process': [
    /execFileSync in convertDocument \(test\/scenarios\/server\.mjs:\d+\)/,
    /stood still/,
  ],
  'allocation-burst': [/^GET \/catalogue/, /loadWholeCatalogue \(test\/scenarios\/server\.mjs:\d+\)/],
  'an-event-loop-that-never-waits': [/pollUntilReady \(test\/scenarios\/server\.mjs:\d+\)/, /by setImmediate/],
  'blocked-by-native-work': [/^GET \/login blocks/, /crypto\.pbkdf2Sync in hashPasswordSlowly/],
  'code-that-was-compiled-in-memory': [/^GET \/prices/, /recountPrices \(test\/scenarios\/prices\.ts:11\)/],
  'cpu-explode': [/^GET \/forever blocks/, /neverReturns/],
  deadlock: [/^(59|60) × GET \/reserve\/:item wait in reserveStock/],
  'descriptors-run-out': [/of 300 file descriptors are open/, /\.mjs files/],
  'gc-thrash': [/^GET \/hoard/, /hoardNearTheLimit/],
  'heap-out-of-memory': [/^GET \/explode/, /buildEndlessList/],
  'never-closed-stream': [/^60 × GET \/events are open/],
  'streams-beside-a-deadlock': [/^(59|60) × GET \/reserve\/:item wait/],
  'time-spread-over-a-library': [/^GET \/render blocks/, /renderCatalogue \(.*\), \d+% of it in acorn/],
}

const names = readdirSync(directory)
  .filter(name => name.endsWith('.json'))
  .map(name => name.replace('.json', ''))

describe('the headline of a recorded incident', () => {
  it.each(names)('%s says what, how bad and who', name => {
    const incident = JSON.parse(readFileSync(new URL(`${name}.json`, directory), 'utf8'))
    const { headline } = summarise(toInput(incident) as unknown as SummaryInput)
    expect(wished[name], 'the wished-for headline').toBeDefined()
    for (const words of wished[name] ?? []) expect(headline).toMatch(words)
    expect(headline.length).toBeLessThanOrEqual(headlineLimits.characters)
    expect(headline).not.toMatch(/autodump|undefined|NaN/)
  })

  it('is there for at least a dozen', () => {
    expect(names.length).toBeGreaterThanOrEqual(12)
    expect(Object.keys(wished).sort()).toEqual(names.sort())
  })
})
