import { BlockList, isIP } from 'node:net'

/**
 * Addresses at which no receiver of messages is, and at which clouds hand out the credentials of a machine to whoever is
 * on it: link-local ones, and those that Alibaba, Azure and Oracle have chosen beside them. Private networks and the
 * loopback are allowed: that is where one's own receivers are.
 */
const forbidden = new BlockList()

forbidden.addSubnet('169.254.0.0', 16)

forbidden.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6')

forbidden.addSubnet('fe80::', 10, 'ipv6')

forbidden.addSubnet('fd00:ec2::', 32, 'ipv6')

forbidden.addAddress('100.100.100.200')

forbidden.addAddress('168.63.129.16')

forbidden.addAddress('192.0.0.192')

/** Whether nothing is to be posted to an IP address; names are none. IPv4 written as IPv6 counts as IPv4. */
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
