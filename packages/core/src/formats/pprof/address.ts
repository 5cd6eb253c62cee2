import type { Frame } from './call-node.js'

/** Addresses have 48 bits, as on x86-64 and ARM: they are exact in JavaScript, and readers accept them. */
export const addressLimit = 2 ** 48

/**
 * JavaScript has no addresses, but readers tell locations apart by them: Grafana Alloy merges all stacks with equal
 * addresses. So each place gets a hash of its name. The hash is the same in every profile of every process, and differs
 * from that of every other place in the profile.
 */
export function createAddresses(hash: (text: string) => number = hash48) {
  const taken = new Set<number>()
  return {
    of({ name, url, line: start }: Frame, line: number): number {
      let address = hash(`${name}\0${url}\0${start}\0${line}`)
      // 0 would be no address.
      while (address === 0 || taken.has(address)) address = (address + 1) % addressLimit
      taken.add(address)
      return address
    },
  }
}

/** Two multiplicative hashes of 32 bits that are mixed with each other. They have to be quick and even, not secret. */
function hash48(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 0x9e3779b1)
    low = Math.imul(low ^ code, 0x5f356495)
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35)
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35)
  return (high & 0xffff) * 2 ** 32 + (low >>> 0)
}
