import { BlockList, isIP } from 'node:net'
import { createNameLookup, type NameLookup, type NameLookupParts } from '../../lib/name-lookup.js'

/**
 * Addresses that no receiver of messages has, and at which clouds hand out a machine's credentials to every process on
 * it: link-local ones, and those that Alibaba, Azure and Oracle chose in addition. Private networks and the loopback
 * are allowed, since users run their own receivers there.
 */
const forbidden = new BlockList()

forbidden.addSubnet('169.254.0.0', 16)

forbidden.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6')

forbidden.addSubnet('fe80::', 10, 'ipv6')

forbidden.addSubnet('fd00:ec2::', 32, 'ipv6')

forbidden.addAddress('100.100.100.200')

forbidden.addAddress('168.63.129.16')

forbidden.addAddress('192.0.0.192')

/** Whether posts to an IP address are forbidden; hostnames never are. IPv4 written as IPv6 counts as IPv4. */
export function isForbidden(address: string): boolean {
  const plain = address.replace(/%.*$/, '')
  const family = isIP(plain)
  return family !== 0 && forbidden.check(plain, family === 4 ? 'ipv4' : 'ipv6')
}

export class ForbiddenAddressError extends Error {
  constructor() {
    super('it is at an address of link-local or metadata services, and nothing is posted to those')
  }
}

const refuse = (address: string): Error | null => (isForbidden(address) ? new ForbiddenAddressError() : null)

/** Finds the addresses of webhooks. The current ones count, for every name. */
export const createWebhookLookup = (parts: Pick<NameLookupParts, 'hosts'> = {}): NameLookup =>
  createNameLookup({ ...parts, refuse })
