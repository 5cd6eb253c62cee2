import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readCgroupLimits } from './cgroup.js'

const MiB = 1024 ** 2

const trees: string[] = []

afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true })
})

/** Writes files below a fresh directory and reads the limits there. `null` makes a directory of that name. */
function limitsOf(files: Record<string, string | null>) {
  const root = mkdtempSync(join(tmpdir(), 'autodump-cgroup-'))
  trees.push(root)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, text === null ? path : dirname(path)), { recursive: true })
    if (text !== null) writeFileSync(join(root, path), `${text}\n`)
  }
  return readCgroupLimits(root)
}

const v2Mount = '29 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev shared:4 - cgroup2 cgroup2 rw,nsdelegate'

const v1Mounts = [
  '31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755',
  '32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 master:2 - cgroup cgroup rw,cpu,cpuacct',
  '35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory',
].join('\n')

/** A v2 system whose process is in `own`. */
const v2 = (own: string, files: Record<string, string | null> = {}) => ({
  'proc/self/cgroup': `0::${own}`,
  'proc/self/mountinfo': `22 1 8:1 / / rw - ext4 /dev/sda1 rw\n${v2Mount}`,
  ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`sys/fs/cgroup/${path}`, text])),
})

/** A v1 system whose process is in `own`, in each hierarchy. */
const v1 = (own: string, files: Record<string, string> = {}) => ({
  'proc/self/cgroup': `9:name=systemd:/\n4:memory:${own}\n3:cpu,cpuacct:${own}`,
  'proc/self/mountinfo': v1Mounts,
  ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`sys/fs/cgroup/${path}`, text])),
})

const none = { cpu: null, memory: null }

describe('cgroup v2', () => {
  it('reads a fractional quota and the memory limit', () => {
    expect(limitsOf(v2('/app', { 'app/cpu.max': '250000 100000', 'app/memory.max': '536870912' }))).toEqual({
      cpu: { value: 2.5, source: 'cgroup v2', file: 'cpu.max' },
      memory: { value: 512 * MiB, source: 'cgroup v2', file: 'memory.max' },
    })
  })

  it('takes `max` for no limit', () => {
    expect(limitsOf(v2('/app', { 'app/cpu.max': 'max 100000', 'app/memory.max': 'max' }))).toEqual(none)
  })

  it('takes the smallest limit on the way up, whichever level has it', () => {
    const { cpu, memory } = limitsOf(
      v2('/kube/pod/box', {
        'kube/pod/box/cpu.max': 'max 100000',
        'kube/pod/box/memory.max': String(800 * MiB),
        'kube/pod/cpu.max': '50000 100000',
        'kube/pod/memory.max': String(900 * MiB),
        'kube/cpu.max': '400000 100000',
        'kube/memory.max': String(300 * MiB),
      }),
    )
    expect(cpu?.value).toBe(0.5)
    expect(memory?.value).toBe(300 * MiB)
  })

  it('reads the root of a private namespace', () => {
    const { cpu, memory } = limitsOf(v2('/', { 'cpu.max': '150000 100000', 'memory.max': String(64 * MiB) }))
    expect([cpu?.value, memory?.value]).toEqual([1.5, 64 * MiB])
  })

  it('ignores memory.high, which slows down and does not kill', () => {
    expect(limitsOf(v2('/app', { 'app/memory.high': String(64 * MiB), 'app/memory.max': 'max' }))).toEqual(none)
  })

  it('honours another period than the usual one', () => {
    expect(limitsOf(v2('/app', { 'app/cpu.max': '10000 50000' })).cpu?.value).toBe(0.2)
  })
})

describe('cgroup v1', () => {
  it('reads quota and memory limit', () => {
    const tree = v1('/docker/abc', {
      'cpu,cpuacct/docker/abc/cpu.cfs_quota_us': '75000',
      'cpu,cpuacct/docker/abc/cpu.cfs_period_us': '100000',
      'memory/docker/abc/memory.limit_in_bytes': String(256 * MiB),
    })
    expect(limitsOf(tree)).toEqual({
      cpu: { value: 0.75, source: 'cgroup v1', file: 'cpu.cfs_quota_us' },
      memory: { value: 256 * MiB, source: 'cgroup v1', file: 'memory.limit_in_bytes' },
    })
  })

  it.each(['9223372036854771712', '9223372036854710272', '18446744073709551615'])(
    'takes a quota of -1 and a memory limit of %s for none',
    huge => {
      const tree = v1('/a', {
        'cpu,cpuacct/a/cpu.cfs_quota_us': '-1',
        'cpu,cpuacct/a/cpu.cfs_period_us': '100000',
        'memory/a/memory.limit_in_bytes': huge,
      })
      expect(limitsOf(tree)).toEqual(none)
    },
  )

  it('takes the smallest of nested limits', () => {
    const tree = v1('/a/b', {
      'memory/a/b/memory.limit_in_bytes': '9223372036854771712',
      'memory/a/memory.limit_in_bytes': String(100 * MiB),
      'memory/memory.limit_in_bytes': '9223372036854771712',
    })
    expect(limitsOf(tree).memory?.value).toBe(100 * MiB)
  })
})

it('the reader of cgroups finds each controller where a hybrid system has it', () => {
  const { cpu, memory } = limitsOf({
    'proc/self/cgroup': '4:memory:/a\n0::/b',
    'proc/self/mountinfo': `${v1Mounts}\n41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw`,
    'sys/fs/cgroup/memory/a/memory.limit_in_bytes': String(128 * MiB),
    'sys/fs/cgroup/unified/b/cpu.max': '20000 100000',
  })
  expect(cpu).toEqual({ value: 0.2, source: 'cgroup v2', file: 'cpu.max' })
  expect(memory).toEqual({ value: 128 * MiB, source: 'cgroup v1', file: 'memory.limit_in_bytes' })
})

describe('the reader of cgroups in a container', () => {
  const memoryMount = (root: string) => `35 31 0:32 ${root} /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory`

  it('finds a cgroup that is mounted as the root of the mount', () => {
    const tree = {
      'proc/self/cgroup': '4:memory:/docker/abc/worker',
      'proc/self/mountinfo': memoryMount('/docker/abc'),
      'sys/fs/cgroup/memory/memory.limit_in_bytes': String(200 * MiB),
      'sys/fs/cgroup/memory/worker/memory.limit_in_bytes': String(150 * MiB),
      // A neighbour whose name only looks alike.
      'sys/fs/cgroup/memory/docker/abc/worker/memory.limit_in_bytes': String(1 * MiB),
    }
    expect(limitsOf(tree).memory?.value).toBe(150 * MiB)
  })

  it.each([
    ['lies beside the mounted cgroup', '/kubepods/pod1', '/docker/abc'],
    ['is only a prefix of the mounted one by its letters', '/docker/abcdef', '/docker/abc'],
    ['lies above the namespace', '/../../other', '/'],
    ['does not exist in here', '/system.slice/app.service', '/'],
  ])('falls back to the top of the mount when the path %s', (_, own, root) => {
    const tree = {
      'proc/self/cgroup': `4:memory:${own}`,
      'proc/self/mountinfo': memoryMount(root),
      // Where `/docker/abcdef` would lead to by cutting off `/docker/abc`.
      'sys/fs/cgroup/memory/def/memory.limit_in_bytes': String(1 * MiB),
      'sys/fs/cgroup/memory/memory.limit_in_bytes': String(200 * MiB),
    }
    expect(limitsOf(tree).memory?.value).toBe(200 * MiB)
  })

  it('is not misled by another mount of somebody else’s cgroup', () => {
    const tree = {
      'proc/self/cgroup': '0::/me',
      'proc/self/mountinfo': `50 1 0:26 /other /mnt/other rw - cgroup2 cgroup2 rw\n${v2Mount}`,
      'mnt/other/memory.max': String(1 * MiB),
      'sys/fs/cgroup/me/memory.max': String(70 * MiB),
    }
    expect(limitsOf(tree).memory?.value).toBe(70 * MiB)
  })

  it('understands mount points with a space and paths with a colon', () => {
    const tree = {
      'proc/self/cgroup': '0::/a:b',
      'proc/self/mountinfo': '29 23 0:26 / /my\\040cgroups rw - cgroup2 none rw',
      'my cgroups/a:b/memory.max': String(33 * MiB),
    }
    expect(limitsOf(tree).memory?.value).toBe(33 * MiB)
  })
})

describe('what cannot be read', () => {
  it.each<[string, Record<string, string | null>]>([
    ['an empty file system', {}],
    ['no mountinfo', { 'proc/self/cgroup': '0::/app' }],
    ['no membership', { 'proc/self/mountinfo': v2Mount }],
    ['no control files', v2('/app')],
    ['directories in place of control files', v2('/app', { 'app/cpu.max': null, 'app/memory.max': null })],
    ['empty control files', v2('/app', { 'app/cpu.max': '', 'app/memory.max': '' })],
    ['nonsense', v2('/app', { 'app/cpu.max': 'lots of it', 'app/memory.max': '-7' })],
    ['a period of zero', v2('/app', { 'app/cpu.max': '1000 0' })],
    ['a torn mountinfo', { 'proc/self/cgroup': '0::/app', 'proc/self/mountinfo': '29 23 - cgroup2\n - \n' }],
  ])('means no limit: %s', (_, files) => {
    expect(limitsOf(files)).toEqual(none)
  })

  it('does not hide the limits of other levels', () => {
    expect(limitsOf(v2('/a/b', { 'a/b/cpu.max': null, 'a/cpu.max': '100000 100000' })).cpu?.value).toBe(1)
  })
})
