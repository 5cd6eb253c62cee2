import { describe, expect, it } from 'vitest'
import { createFailedTries, networkOf } from './rate-limit.js'

describe('failed tries', () => {
  it('are given back one by one', () => {
    let at = 0
    const tries = createFailedTries({ burst: 3, refill: 1000, now: () => at })
    expect([tries.failed('a'), tries.failed('a'), tries.waitFor('a'), tries.failed('a')]).toEqual([
      false,
      false,
      0,
      true,
    ])
    expect(tries.waitFor('a')).toBe(1000)
    expect(tries.waitFor('b')).toBe(0)
    at += 400
    expect(tries.waitFor('a')).toBe(600)
    at += 600
    expect(tries.waitFor('a')).toBe(0)
    expect(tries.failed('a')).toBe(true)
    at += 3600_000
    expect([tries.failed('a'), tries.failed('a'), tries.failed('a')]).toEqual([false, false, true])
  })

  it('are remembered for so many addresses, those that go on failing among them', () => {
    const tries = createFailedTries({ burst: 2, refill: 1e9, maxAddresses: 100, now: () => 0 })
    tries.failed('guesser')
    for (let other = 0; other < 1000; other++) {
      tries.failed(`10.0.${other >> 8}.${other & 255}`)
      tries.failed('guesser')
    }
    expect(tries.waitFor('guesser')).toBeGreaterThan(0)
    tries.failed('10.0.0.0')
    expect(tries.waitFor('10.0.0.0')).toBe(0)
  })

  it('allow a scraper with an old token to go on for ever', () => {
    let at = 0
    const tries = createFailedTries({ now: () => at })
    for (let scrape = 0; scrape < 5000; scrape++) {
      expect(tries.waitFor('10.0.0.1')).toBe(0)
      tries.failed('10.0.0.1')
      at += 15_000
    }
  })
})

describe('what counts as one address', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['1::2:3:4:5:6:7', '1:0:2:3::/64'],
    ['64:ff9b::10.1.2.3', '10.1.2.3'],
    ['64:FF9B::a01:203', '10.1.2.3'],
    ['64:ff9b:1:2:3:4:a01:203', '10.1.2.3'],
    ['64:ff9b:2::a01:203', '64:ff9b:2:0::/64'],
    ['::ffff:102:304', '1.2.3.4'],
    ['0:0:0:0:0:FFFF:0102:0304', '1.2.3.4'],
    ['::ffff:0:1.2.3.4', '1.2.3.4'],
    ['::ffff:102:304%eth0', '1.2.3.4'],
    ['2002:102:304:5::9', '2002:102:304::/48'],
    ['::', '0:0:0:0::/64'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4::/64'],
    ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
    ['x'.repeat(1000), 'x'.repeat(64)],
    [undefined, ''],
  ])('%s: %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
