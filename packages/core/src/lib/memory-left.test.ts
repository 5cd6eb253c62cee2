import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { memoryLeft } from './memory-left.js'

const MiB = 1024 ** 2

/** A file system whose control group holds so much of its limit. */
function container(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'autodump-memory-left-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const all = {
    'proc/self/cgroup': '0::/pod/app',
    'proc/self/mountinfo': '29 23 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw',
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`sys/fs/cgroup/${path}`, text])),
  }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), `${text}\n`)
  }
  return root
}

it('memory of the container is left where neither the process nor its children hold it', () => {
  const root = container({
    'pod/app/memory.max': String(400 * MiB),
    'pod/app/memory.current': String(350 * MiB),
    'pod/app/memory.stat': `anon 1\ninactive_file ${10 * MiB}`,
  })
  // The process has 90 MiB of the 340: its children hold the rest.
  expect(memoryLeft(90 * MiB, root)).toBe(60 * MiB)
})

it('memory of files that the kernel only caches is left, however often they are read, and that of code that runs is not', () => {
  const root = container({
    'pod/app/memory.max': String(400 * MiB),
    'pod/app/memory.current': String(390 * MiB),
    'pod/app/memory.stat': [
      `anon ${80 * MiB}`,
      `file_mapped ${30 * MiB}`,
      `inactive_file ${10 * MiB}`,
      `active_file ${250 * MiB}`,
      `slab_reclaimable ${20 * MiB}`,
    ].join('\n'),
  })
  expect(memoryLeft(90 * MiB, root)).toBe((10 + 10 + 250 - 30 + 20) * MiB)
})

it('memory is left up to the nearest limit on the way up, of memory.high too', () => {
  const root = container({
    'pod/app/memory.max': String(400 * MiB),
    'pod/app/memory.current': String(100 * MiB),
    'pod/app/memory.stat': 'inactive_file 0',
    'pod/memory.high': String(300 * MiB),
    'pod/memory.current': String(280 * MiB),
    'pod/memory.stat': 'inactive_file 0',
  })
  expect(memoryLeft(90 * MiB, root)).toBe(20 * MiB)
})

it('memory that the process does not use yet is left where the use of the container cannot be read', () => {
  const root = container({ 'pod/app/memory.max': String(100 * MiB) })
  expect(memoryLeft(90 * MiB, root)).toBe(10 * MiB)
})

it('memory of the container is left where the process cannot read its own: without /proc, or out of descriptors', () => {
  const rss = vi.spyOn(process.memoryUsage, 'rss').mockImplementation(() => {
    throw new Error('ENOENT: no such file or directory, uv_resident_set_memory')
  })
  onTestFinished(() => rss.mockRestore())
  const limits = { 'pod/app/memory.max': String(100 * MiB) }
  expect(memoryLeft(undefined, container(limits))).toBe(100 * MiB)
  expect(memoryLeft(undefined, container({ ...limits, 'pod/memory.high': String(80 * MiB) }))).toBe(80 * MiB)
})

it('memory of the machine is left where nothing limits the process', () => {
  const root = container({})
  expect(Math.abs(memoryLeft(90 * MiB, root) - freemem())).toBeLessThan(freemem() / 2)
})
