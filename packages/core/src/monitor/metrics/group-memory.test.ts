import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createGroupMemoryReader, describeMemory } from './group-memory.js'
import { type Family, readFamily } from './processes.js'

const MiB = 1024 ** 2

/** Files below a fresh directory. */
function tree(files: Record<string, string>): { root: string; write(path: string, text: string): void } {
  const root = mkdtempSync(join(tmpdir(), 'autodump-group-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const write = (path: string, text: string) => {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), `${text}\n`)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  return { root, write }
}

const v2 = (files: Record<string, string>) =>
  tree({
    'proc/self/cgroup': '0::/pod/app',
    'proc/self/mountinfo': '29 23 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw',
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`sys/fs/cgroup/${path}`, text])),
  })

const v1 = (files: Record<string, string>) =>
  tree({
    'proc/self/cgroup': '4:memory:/app',
    'proc/self/mountinfo': '35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory',
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`sys/fs/cgroup/memory/${path}`, text])),
  })

const alone: Family = { own: 48 * MiB, children: [], others: 0 }

const reader = (root: string, family = alone) => createGroupMemoryReader(root, 16 * 1024 * MiB, () => family)

describe('the memory of the container', () => {
  it('is its working set of the limit: caches of files do not count, code that runs does (v2)', () => {
    const { root } = v2({
      'pod/app/memory.max': String(400 * MiB),
      'pod/app/memory.current': String(300 * MiB),
      'pod/app/memory.stat': `anon 1\ninactive_file ${40 * MiB}\nactive_file ${80 * MiB}\nfile_mapped ${20 * MiB}`,
    })
    expect(reader(root).read()).toBe(50)
  })

  it('is read from v1 as well', () => {
    const { root } = v1({
      'app/memory.limit_in_bytes': String(400 * MiB),
      'app/memory.usage_in_bytes': String(300 * MiB),
      'app/memory.stat': `inactive_file 7\ntotal_inactive_file ${50 * MiB}\ntotal_active_file ${170 * MiB}\ntotal_mapped_file ${20 * MiB}`,
    })
    expect(reader(root).read()).toBe(25)
  })

  it('goes by memory.high too, and by the group on the way up that is nearest to its limit', () => {
    const { root, write } = v2({
      'pod/app/memory.max': String(400 * MiB),
      'pod/app/memory.high': String(200 * MiB),
      'pod/app/memory.current': String(100 * MiB),
      'pod/app/memory.stat': 'inactive_file 0',
      'pod/memory.max': String(1000 * MiB),
      'pod/memory.current': String(300 * MiB),
      'pod/memory.stat': 'inactive_file 0',
    })
    const { read } = reader(root)
    expect(read()).toBe(50)
    write('sys/fs/cgroup/pod/memory.current', String(900 * MiB))
    expect(read()).toBe(90)
  })

  it('has no reading without a limit, above that of the machine, or where there is no cgroup', () => {
    const files = { 'app/memory.usage_in_bytes': '5', 'app/memory.stat': 'total_inactive_file 0' }
    const { root } = v1({ 'app/memory.limit_in_bytes': '9223372036854771712', ...files })
    expect(reader(root).read()).toBe(null)
    const { root: large } = v1({ 'app/memory.limit_in_bytes': String(64 * 1024 * MiB), ...files })
    expect(reader(large).read()).toBe(null)
    expect(reader(tree({}).root).read()).toBe(null)
    expect(reader(tree({}).root).find()).toEqual([])
  })

  it('follows a limit that is set while it runs', () => {
    const { root, write } = v2({ 'pod/app/memory.current': String(100 * MiB), 'pod/app/memory.stat': '' })
    const { read } = reader(root)
    expect(read()).toBe(null)
    write('sys/fs/cgroup/pod/app/memory.max', String(200 * MiB))
    const readings = Array.from({ length: 60 }, read)
    expect(readings.at(-1)).toBe(50)
  })
})

describe('whose it is', () => {
  it('names children by their programs, the largest first, and what is left', () => {
    const child = (pid: number, name: string, rss: number) => ({ pid, name, rss: rss * MiB })
    const children = [child(7, 'ffmpeg', 30), child(8, 'chrome', 60), child(9, 'chrome', 40)]
    const { text, data } = describeMemory({ working: 240 * MiB, limit: 300 * MiB }, { ...alone, children })
    expect(text).toBe(
      '240 MiB of the 300 MiB that the container may have are in use: 48 MiB by this process, 130 MiB by its children (2 × chrome: 100 MiB, ffmpeg 7: 30 MiB), 62 MiB by the rest',
    )
    expect(data?.children).toEqual([
      { name: 'chrome', count: 2, bytes: 100 * MiB },
      { name: 'ffmpeg', count: 1, bytes: 30 * MiB },
    ])
  })

  it('does not speak of children where there are none, nor of less than nothing', () => {
    const { text } = describeMemory({ working: 40 * MiB, limit: 300 * MiB }, alone)
    expect(text).toMatch(/in use: 48 MiB by this process, 0 B by the rest$/)
  })

  it('is their own memory: pages of files are shared, and may be in the account of another container', () => {
    const status = (pid: number, more: string) => `Name:\tnode\nPPid:\t${pid}\nVmRSS:\t  90000 kB\n${more}`
    const { root } = tree({
      'proc/7/status': status(1, 'RssAnon:\t   40000 kB\nRssFile:\t   49000 kB\nRssShmem:\t    1000 kB'),
      'proc/8/status': status(7, 'Threads:\t7'),
    })
    expect(readFamily(join(root, 'proc'), 7)).toEqual({
      own: 41_000 * 1024,
      children: [{ pid: 8, name: 'node', rss: 90_000 * 1024 }],
      others: 0,
    })
  })

  it.runIf(process.platform === 'linux')('finds children and theirs, and no process that is none', async () => {
    const script = `require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' }).on('spawn', function () { console.log(this.pid) }); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] })
    const grandchild = Number(await new Promise(resolve => child.stdout.once('data', resolve)))
    onTestFinished(() => {
      process.kill(grandchild, 'SIGKILL')
      child.kill('SIGKILL')
    })
    const { own, children } = readFamily()
    expect(own).toBeGreaterThan(10 * MiB)
    const pids = children.map(({ pid }) => pid)
    expect(pids).toEqual(expect.arrayContaining([child.pid, grandchild]))
    expect(pids).not.toContain(process.pid)
    expect(pids).not.toContain(process.ppid)
  })
})
