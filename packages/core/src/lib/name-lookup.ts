import { lookup as systemLookup } from 'node:dns'
import { Resolver } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { codeOf } from './files.js'
import { readNamed } from './trusted.js'

const maxHostsBytes = 16 * 1024 ** 2

/** The file of names that no name server knows. */
const hostsFile = process.platform === 'win32' ? 'C:\\Windows\\System32\\drivers\\etc\\hosts' : '/etc/hosts'

const timing = { timeout: 2000, tries: 2 }

interface Address {
  address: string
  family: number
}

export interface NameLookupParts {
  servers?: string[]
  hosts?: string
  system?: typeof systemLookup
  /** Why nobody may connect to that address. @default nothing is refused */
  refuse?(address: string): Error | null
}

export interface NameLookup {
  /** For the `lookup` option of `http.request`. */
  lookup: LookupFunction
  /** Ends the lookups in progress. */
  cancel(): void
}

/**
 * Finds addresses without libuv's thread pool. There `dns.lookup` would queue behind an app that has filled the pool,
 * and would delay the exit of the process while a name server is silent. The lookup asks the hosts file, then the name
 * servers by c-ares. Only a name that neither has, e.g. a short one that needs a search domain, goes to the operating
 * system.
 */
export function createNameLookup(parts: NameLookupParts = {}): NameLookup {
  const resolver = new Resolver(timing)
  if (parts.servers) resolver.setServers(parts.servers)
  const system = parts.system ?? systemLookup
  let cancels = 0

  async function find(name: string): Promise<Address[]> {
    const before = cancels
    const family = isIP(name)
    if (family) return [{ address: name, family }]
    const written = inHosts(await readNamed(parts.hosts ?? hostsFile, maxHostsBytes).catch(() => ''), name)
    if (written.length > 0) return written
    // The resolver does not know of the cancel yet.
    if (cancels > before) throw Object.assign(new Error(`${name} is not looked up any more`), { code: 'ECANCELLED' })
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    const found = answers.flatMap((answer, index) =>
      answer.status === 'fulfilled' ? answer.value.map(address => ({ address, family: index === 0 ? 4 : 6 })) : [],
    )
    if (found.length > 0) return found
    const [first] = answers as [PromiseRejectedResult, PromiseRejectedResult]
    if (unanswered.has(codeOf(first.reason) ?? '')) throw first.reason
    return new Promise((resolve, reject) => {
      system(name, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
    })
  }

  return {
    lookup(name, options, callback) {
      const done = callback as (error: Error | null, found?: string | Address[], family?: number) => void
      find(name).then(
        all => {
          // The current addresses count, for every name.
          const found = all.filter(({ address }) => !parts.refuse?.(address))
          const [refused] = all
          if (found.length === 0 && refused) return done(parts.refuse?.(refused.address) ?? null)
          const wanted =
            options.family === 4 || options.family === 6 ? found.filter(one => one.family === options.family) : found
          const [first] = wanted
          if (!first) done(new Error(`${name} has no address of that family`))
          else if (options.all) done(null, wanted)
          else done(null, first.address, first.family)
        },
        error => done(error),
      )
    },
    cancel() {
      cancels += 1
      resolver.cancel()
    },
  }
}

/** The operating system would ask the same name servers, and wait for longer. */
const unanswered = new Set(['ETIMEOUT', 'ECANCELLED', 'EDESTRUCTION'])

/** The addresses of a name in a hosts file. */
export function inHosts(content: string, name: string): Address[] {
  return content.split('\n').flatMap(line => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    const family = isIP(address)
    return family && names.some(one => one.toLowerCase() === name.toLowerCase()) ? [{ address, family }] : []
  })
}
