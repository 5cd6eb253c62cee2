import { readFileSync, statSync } from 'node:fs'

/** System calls by their numbers in Linux, as far as programs hang in them. `fd`: the first argument is a descriptor. */
const calls: { text: string; fd?: true; x64: number[]; arm64: number[] }[] = [
  { text: 'a read from', fd: true, x64: [0, 17, 19], arm64: [63, 65, 67] },
  { text: 'a write to', fd: true, x64: [1, 18, 20], arm64: [64, 66, 68] },
  { text: 'a receive from', fd: true, x64: [45, 47], arm64: [207, 212] },
  { text: 'a send to', fd: true, x64: [44, 46], arm64: [206, 211] },
  { text: 'a connect of', fd: true, x64: [42], arm64: [203] },
  { text: 'a sync of', fd: true, x64: [74, 75], arm64: [82, 83] },
  { text: 'a lock of', fd: true, x64: [73], arm64: [32] },
  { text: 'a poll', x64: [7, 23, 270, 271], arm64: [72, 73] },
  { text: 'a wait for a child process', x64: [61, 247], arm64: [95, 260] },
  { text: 'a wait for a lock of another thread', x64: [202], arm64: [98] },
  { text: 'an open of a file', x64: [2, 257], arm64: [56] },
  { text: 'a look at a file', x64: [4, 5, 6, 262, 332], arm64: [79, 80, 291] },
  { text: 'a sleep', x64: [35, 230], arm64: [101, 115] },
]

/**
 * The system call that the main thread of this process waits in, in words: the reason for its silence. `null` where it is
 * in none, or where that is unknown: on systems other than Linux, and in sandboxes that do not show it.
 */
export function readNativeCall(
  arch: string = process.arch,
  read: (path: string) => string = path => readFileSync(path, 'latin1'),
  describe: (fd: number) => string | null = describeDescriptor,
): string | null {
  if (arch !== 'x64' && arch !== 'arm64') return null
  try {
    const [number, first] = read(`/proc/self/task/${process.pid}/syscall`).trim().split(' ')
    const call = calls.find(call => call[arch].includes(Number(number)))
    if (!call) return null
    if (!call.fd) return call.text
    const fd = Number(first)
    const what = describe(fd)
    return `${call.text} file descriptor ${fd}${what ? ` (${what})` : ''}`
  } catch {
    return null
  }
}

/** The wait for events, by its numbers in Linux: `epoll_wait`, `epoll_pwait`, `epoll_pwait2`. */
const eventWaits = { x64: [232, 281, 441], arm64: [22, 441] }

/**
 * The child processes that the main thread waits for, in words; only for a thread that does not answer: one that waits
 * for events all the same is in a call such as `execFileSync`. `null` as above.
 */
export function readChildWait(
  arch: string = process.arch,
  read: (path: string) => string = path => readFileSync(path, 'latin1'),
): string | null {
  if (arch !== 'x64' && arch !== 'arm64') return null
  const thread = `/proc/self/task/${process.pid}`
  const attempt = (path: string) => {
    try {
      return read(path).trim()
    } catch {
      return '' // Not Linux, or a kernel or sandbox that hides it.
    }
  }
  if (!eventWaits[arch].includes(Number.parseInt(attempt(`${thread}/syscall`), 10))) return null
  const pids = attempt(`${thread}/children`).split(' ').filter(Boolean)
  const programs = pids
    .slice(-3)
    .map(pid => attempt(`/proc/${pid}/comm`))
    .filter(Boolean)
  return `a synchronous wait for a child process${programs.length > 0 ? `: ${programs.join(', ')}` : ''}`
}

/** Its kind. Never its path, which may have the name of a person. */
function describeDescriptor(fd: number): string | null {
  const about = statSync(`/proc/self/fd/${fd}`, { bigint: true }) // As numbers it would spoil imports: decisions/265.
  if (about.isFIFO()) return 'a pipe'
  if (about.isSocket()) return 'a socket'
  if (about.isCharacterDevice()) return 'a terminal or device'
  return about.isFile() ? 'a file' : null
}
