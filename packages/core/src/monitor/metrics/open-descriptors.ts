import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname } from 'node:path'
import type { Finding } from '../../model/manifest.js'
import type { DescriptorCount } from './descriptors.js'

/** The number of descriptors to inspect: the newest, which usually have the highest numbers. */
const mostLookedAt = 5000

/** Bytes to read of a table of sockets. */
const mostTable = 4 * 1024 ** 2

const mostKinds = 10

interface Proc {
  numbers(): number[]
  /** The target of the descriptor in `/proc`; `null` if it is gone. */
  targetOf(fd: number): string | null
  /** A file of `/proc/self/net`; empty if it does not exist. */
  table(name: string): string
}

const proc: Proc = {
  numbers: () => readdirSync('/proc/self/fd').map(Number),
  targetOf(fd) {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`)
    } catch {
      return null
    }
  },
  table(name) {
    try {
      return readFileSync(`/proc/self/net/${name}`, 'latin1').slice(0, mostTable)
    } catch {
      return ''
    }
  },
}

/**
 * Describes the open descriptors, most frequent kind first: connections by peer, files by place and extension, pipes.
 * It never shows a path or file name: that may be somebody's name.
 */
export function findOpenDescriptors(count: DescriptorCount, { numbers, targetOf, table } = proc): Finding[] {
  const targets = numbers()
    .sort((a, b) => b - a)
    .slice(0, mostLookedAt)
    .flatMap(fd => targetOf(fd) ?? [])
  const sockets = targets.some(target => target.startsWith('socket:')) ? readSockets(table) : new Map<string, string>()
  const kinds = new Map<string, number>()
  for (const target of targets) {
    const kind = kindOf(target, sockets)
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  const sorted = [...kinds].sort(([, a], [, b]) => b - a).slice(0, mostKinds)
  const [most] = sorted
  const { open, limit } = count
  const of = open > targets.length ? ` (of the newest ${targets.length})` : ''
  const text = `${open} of ${limit} file descriptors are open${most ? `, ${most[1]} of them ${most[0]}${of}` : ''}`
  return [{ kind: 'descriptors', text, data: { open, limit, kinds: Object.fromEntries(sorted) } }]
}

const isBelow = (path: string, directory: string) => path === directory || path.startsWith(`${directory}/`)

function kindOf(target: string, sockets: Map<string, string>): string {
  const [, type, name = ''] = /^(socket|pipe|anon_inode):\[?([^\]]*)\]?$/.exec(target) ?? []
  if (type === 'socket') return sockets.get(name) ?? 'other sockets'
  if (type === 'pipe') return 'pipes'
  if (type === 'anon_inode') return `of the kernel (${name})`
  if (isBelow(target, '/dev')) return 'devices'
  if (target.startsWith('/memfd:')) return 'files in memory'
  const path = target.replace(/ \(deleted\)$/, '')
  const extension = extname(path)
  const what = /^\.\w{1,8}$/.test(extension) ? `${extension} files` : 'files or directories'
  return `${path === target ? '' : 'deleted '}${what} ${placeOf(path)}`
}

function placeOf(path: string): string {
  if (path.includes('/node_modules/')) return 'in node_modules'
  if (isBelow(path, process.cwd())) return 'in the working directory'
  if (isBelow(path, tmpdir())) return 'in the directory for temporary files'
  if (isBelow(path, '/proc')) return 'in /proc'
  return 'elsewhere'
}

/** Describes each socket, by its inode: connections by their peer, or by our port. */
function readSockets(table: Proc['table']): Map<string, string> {
  const rows = ['tcp', 'tcp6'].flatMap(name => table(name).split('\n').slice(1).flatMap(parseSocket))
  const listening = new Set(rows.filter(({ state }) => state === listens).map(({ localPort }) => localPort))
  const kinds = rows.map(({ inode, state, localPort, peer, peerPort }): [string, string] => {
    if (state === listens) return [inode, 'listening sockets']
    const name = listening.has(localPort) ? `from clients of port ${localPort}` : `to ${peer}:${peerPort}`
    return [inode, `connections ${name}`]
  })
  const inodes = (name: string, column: number) =>
    table(name)
      .split('\n')
      .slice(1)
      .flatMap(line => line.trim().split(/\s+/)[column] ?? [])
  return new Map([
    ...kinds,
    ...inodes('unix', 6).map((inode): [string, string] => [inode, 'Unix sockets']),
    ...['udp', 'udp6'].flatMap(name => inodes(name, 9)).map((inode): [string, string] => [inode, 'UDP sockets']),
  ])
}

/** proc(5): the state of a socket that listens. */
const listens = '0A'

function parseSocket(line: string) {
  const [, local = '', remote = '', state = '', , , , , , inode] = line.trim().split(/\s+/)
  if (!inode) return []
  const [peer, peerPort] = addressOf(remote)
  return { inode, state, localPort: addressOf(local)[1], peer, peerPort }
}

/** `0100007F:0BB8` as `127.0.0.1` and 3000: each group of four bytes is in the order of the machine. */
function addressOf(text: string): [host: string, port: number] {
  const [address = '', port = '0'] = text.split(':')
  const groups = address.match(/.{8}/g) ?? []
  const bytes = groups.flatMap(group => (group.match(/../g) ?? []).reverse().map(byte => Number.parseInt(byte, 16)))
  const isMapped = bytes.length === 16 && bytes.slice(0, 10).every(byte => byte === 0) && bytes[10] === 255
  if (bytes.length === 4 || isMapped) return [bytes.slice(-4).join('.'), Number.parseInt(port, 16)]
  const words = Array.from({ length: bytes.length / 2 }, (_, index) =>
    (((bytes[2 * index] as number) << 8) | (bytes[2 * index + 1] as number)).toString(16),
  )
  return [`[${words.join(':').replace(/(^|:)0(:0)+(:|$)/, '::')}]`, Number.parseInt(port, 16)]
}
