import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toInput } from '../testing/recorded/to-input.mjs'
import { headlineLimits } from './headline.js'
import { type SummaryInput, summarise } from './summary.js'

const directory = new URL('../testing/recorded/', import.meta.url)

/**
 * Real processes that went wrong, as `scripts/record-incidents.mjs` has recorded them on a busy machine: what the one on
 * call must read. They are the scenarios of `test/scenarios` and the programs of `test/incidents`.
 */
const wished: Record<string, RegExp[]> = {
  'a-busy-worker-thread': [/^CPU at \d+%/, /resizeImage \(.*resize-images\.mjs:6\)/, /worker/],
  'a-cache-without-a-limit': [/^Heap \d+% full/, /quoteCache \(Map, .*quote-cache\.mjs\) holds \d+ MiB/],
  'a-comparator-in-a-sort': [/^GET \/offers blocks/, /Array\.sort.* in rankOffers \(.*rank-offers\.mjs:[67]\)/],
  'a-copy-for-each-request': [/^GET \/basket blocks/, /structuredClone in copyBasket \(.*copy-basket\.mjs:\d+\)/],
  'a-huge-body-is-parsed': [/^GET \/import blocks/, /JSON\.parse in importCatalogue \(.*import-catalogue\.mjs:8\)/],
  'a-named-pipe-that-is-late': [
    /^GET \/rates blocks/,
    /fs\.readFileSync in readExchangeRates \(.*exchange-rates\.mjs:\d+\)/,
  ],
  'a-pool-of-connections-is-empty': [/^59 × GET \/transfer wait in (acquire|transferMoney)/],
  'a-queue-that-only-grows': [/^Heap \d+% full/, /outbox \(Array, .*mail-queue\.mjs\) holds \d+ MiB/],
  'a-regular-expression-that-backtracks': [
    /^GET \/signup blocks/,
    /regular expression in validateEmail \(.*validate-email\.mjs:4\)/,
  ],
  'a-thread-pool-that-is-full': [/\d+ × GET \/vault/, /openVault/],
  'an-unhandled-rejection': [/^shop .* unhandled rejection in chargeCard \(charge-card\.mjs:\d+\): RangeError/],
  'an-upstream-that-hangs': [/^\d+ × GET \/ship .*wait for 127\.0\.0\.1:\d+ in askCarrier/],
  'compression-on-the-event-loop': [
    /^GET \/report blocks/,
    /a synchronous function of zlib in exportReport \(.*export-report\.mjs:\d+\)/,
  ],
  'connections-that-nobody-closes': [/of 300 file descriptors are open/, /socket|connection/],
  'listeners-that-nobody-removes': [/^Heap \d+% full/, /priceFeed|subscribeToPrices/],
  'rows-become-objects': [
    /^GET \/orders blocks/,
    /(convertField|hydrateModel|listOrders) \(.*hydrate-orders\.mjs:\d+\)/,
  ],
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

  it('is there for two dozen', () => {
    expect(names.length).toBeGreaterThanOrEqual(24)
    expect(Object.keys(wished).sort()).toEqual(names.sort())
  })
})
