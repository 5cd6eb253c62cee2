import { describe, expect, it } from 'vitest'
import { addressLimit, createAddresses } from './address.js'

const frame = { name: 'burn', url: 'file:///srv/app.js', line: 10 }

describe('an address', () => {
  it('is the same for a place in every profile, and another for each other place', () => {
    const places: [typeof frame, number][] = [
      [frame, 10],
      [frame, 11],
      [{ ...frame, line: 9 }, 10],
      [{ ...frame, name: 'burn2' }, 10],
      [{ ...frame, url: 'file:///srv/b.js' }, 10],
      [{ name: '(garbage collector)', url: '', line: 0 }, 0],
    ]
    const once = createAddresses()
    const again = createAddresses()
    const first = places.map(place => once.of(...place))
    expect(places.toReversed().map(place => again.of(...place))).toEqual(first.toReversed())
    expect(new Set(first).size).toBe(places.length)
  })

  it('is spread evenly over 48 bits', () => {
    const addresses = createAddresses()
    const all = Array.from({ length: 50_000 }, (_, line) => addresses.of(frame, line))
    expect(all.every(address => Number.isSafeInteger(address) && address > 0 && address < addressLimit)).toBe(true)
    const sixteenths = new Map<number, number>()
    for (const address of all) {
      const part = Math.floor((address / addressLimit) * 16)
      sixteenths.set(part, (sixteenths.get(part) ?? 0) + 1)
    }
    expect([...sixteenths.values()].every(count => count > 2800 && count < 3450)).toBe(true)
    // Had two of them met, one would be the other's neighbour.
    expect(new Set(all.map(address => Math.floor(address / 2))).size).toBe(50_000)
  })

  it('is of one place only where hashes meet, and never 0', () => {
    const addresses = createAddresses(() => 0)
    expect([addresses.of(frame, 1), addresses.of(frame, 2), addresses.of(frame, 3)]).toEqual([1, 2, 3])
    const last = createAddresses(() => addressLimit - 1)
    expect([last.of(frame, 1), last.of(frame, 2)]).toEqual([addressLimit - 1, 1])
  })
})
