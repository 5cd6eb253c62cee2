import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createCountedResident } from './counted-resident.js'

const MiB = 1024 ** 2

const v2 = {
  'proc/self/cgroup': '0::/pod/app',
  'proc/self/mountinfo': '29 23 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw',
}
const v1 = {
  'proc/self/cgroup': '4:memory:/app',
  'proc/self/mountinfo': '35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory',
}

/** The resident memory of a process with so many MiB of it in files, in such a file system. */
function counted(rss: number, files: number | null, tree: Record<string, string>): number {
  const root = mkdtempSync(join(tmpdir(), 'autodump-resident-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const status = files === null ? 'VmRSS: 1 kB' : `RssAnon:\t 1 kB\nRssFile:\t ${files * 1024} kB`
  for (const [path, text] of Object.entries({ ...tree, 'proc/self/status': status })) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), `${text}\n`)
  }
  return createCountedResident(() => rss * MiB, root, 16_000 * MiB)() / MiB
}

const limits = {
  'sys/fs/cgroup/pod/app/memory.max': String(100 * MiB),
  'sys/fs/cgroup/pod/app/memory.current': '0',
}
const stat = (mapped: number) => ({ 'sys/fs/cgroup/pod/app/memory.stat': `anon 1\nfile_mapped ${mapped * MiB}` })

it('pages of files that are in the account of another container do not count', () => {
  expect(counted(104, 48, { ...v2, ...limits, ...stat(3) })).toBe(104 - 45)
  const of = { 'memory.limit_in_bytes': 100 * MiB, 'memory.stat': `mapped_file 1\ntotal_mapped_file ${3 * MiB}` }
  const files = Object.entries(of).map(([name, text]) => [`sys/fs/cgroup/memory/app/${name}`, `${text}`])
  expect(counted(104, 48, { ...v1, ...Object.fromEntries(files) })).toBe(104 - 45)
})

it('those in the account of its own do, and never is it more than the limit', () => {
  expect(counted(90, 48, { ...v2, ...limits, ...stat(60) })).toBe(90)
  expect(counted(104, 10, { ...v2, ...limits, ...stat(60) })).toBe(100)
  // Nothing tells the parts.
  expect(counted(104, null, { ...v2, ...limits, ...stat(60) })).toBe(100)
  expect(counted(90, 48, { ...v2, ...limits })).toBe(90)
})

it('without a limit all of it counts', () => {
  expect(counted(104, 48, v2)).toBe(104)
})
