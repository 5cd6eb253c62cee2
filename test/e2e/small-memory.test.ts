import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, manifestsIn, noRules, type RunningServer, startServer, temporaryDirectory } from '../support.js'

/** Where control groups for memory can be made: their root, the files for the limit and the use, what `memory.stat` calls ours. */
const hierarchies = [
  { root: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes', own: /^(?:rss|mapped_file) (\d+)$/gm }, // v1
  { root: '/sys/fs/cgroup', limit: 'memory.max', own: /^(?:anon|file_mapped|kernel) (\d+)$/gm }, // v2
]
let made = 0

interface Group {
  path: string
  /** MiB that its processes have for themselves; the pages of files that they read can be taken away. */
  own(): number
  limit(megabytes: number): void
}

function makeGroup(): Group | null {
  for (const { root, limit, own } of hierarchies) {
    const path = join(root, `autodump-small-${process.pid}-${made++}`)
    try {
      // Only into what the kernel has put there: the root may be a file system like any other.
      if (!existsSync(join(root, limit)) && !existsSync(join(root, 'cgroup.controllers'))) continue
      mkdirSync(path)
      if (!existsSync(join(path, limit))) {
        rmdirSync(path)
        continue
      }
      return {
        path,
        own: () =>
          [...readFileSync(join(path, 'memory.stat'), 'utf8').matchAll(own)].reduce(
            (sum, [, n]) => sum + Number(n),
            0,
          ) /
          1024 ** 2,
        limit: megabytes => writeFileSync(join(path, limit), String(Math.ceil(megabytes) * 1024 ** 2), { flag: 'r+' }),
      }
    } catch {}
  }
  return null
}

/** Whether it is gone: the kernel takes its time to bury the processes in it. */
function remove({ path }: Group): boolean {
  try {
    rmdirSync(path)
  } catch {}
  return !existsSync(path)
}

const isPossible = (() => {
  const group = makeGroup()
  if (group) remove(group)
  return group !== null
})()

const size = 1024 ** 3
/** Of so many zeros. */
const sha256 = '49bc20df15e412a64472421e13fe86ff1c5165e18b2afccf160d4dc19fe68a14'
/**
 * What the process may have more than at rest, in MiB. The admin port is in the monitor thread, whose young generation is
 * small. V8 lets the app thread keep 64 MiB of buffers that nobody uses any more before it collects them.
 */
const rooms = [
  ['admin port', 40],
  ['mounted', 128],
] as const

/** A dump with an artifact of 1 GiB, as the store has it: all of it zeros, so that it takes no room on the disk. */
async function plantLargeDump(dir: string): Promise<string> {
  const first = await startServer({ dir, thresholds: noRules }, { fixture: 'strangers.mjs' })
  const answer = await first.admin('/trigger?wait=true', {
    method: 'POST',
    body: JSON.stringify({ capture: ['requests'], reason: 'by hand' }),
  })
  expect(answer.status).toBe(201)
  first.child.kill('SIGKILL')
  await first.exit
  const [manifest] = (await manifestsIn(dir)) as [Manifest]
  const [entry] = manifest.artifacts as [Manifest['artifacts'][0]]
  const folder = join(dir, manifest.id)
  writeFileSync(join(folder, entry.file), '', { mode: 0o600 })
  truncateSync(join(folder, entry.file), size)
  Object.assign(entry, { bytes: size, storedBytes: size, sha256 })
  delete (entry as { encoding?: string }).encoding
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  return manifest.id
}

async function startInGroup(dir: string): Promise<{ server: RunningServer; group: Group }> {
  const group = makeGroup() as Group
  const execPath = join(temporaryDirectory(), 'node-in-group')
  writeFileSync(execPath, `#!/bin/sh\necho $$ > ${group.path}/cgroup.procs && exec '${process.execPath}' "$@"\n`, {
    mode: 0o700,
  })
  const server = await startServer(
    { dir, thresholds: noRules, admin: { port: 0 }, retention: { maxBytes: 4 * size, minFreeBytes: 0 } },
    { fixture: 'strangers.mjs', execPath },
  )
  onTestFinished(async () => {
    server.child.kill('SIGKILL')
    await server.exit
    await eventually('it is gone', () => remove(group))
  })
  return { server, group }
}

describe.skipIf(!isPossible)('a process with little memory to spare', () => {
  it.each(rooms)(
    'gives out a dump of a GiB, file and archive: %s, %i MiB',
    async (where, room) => {
      const dir = temporaryDirectory()
      const id = await plantLargeDump(dir)
      const { server, group } = await startInGroup(dir)
      const { admin, sample } = await eventually('a sample', async () => {
        const status = await server.status()
        return status.sample && status.admin?.address ? status : undefined
      })
      expect(sample).toBeDefined()
      group.limit(group.own() + room)
      const base = where === 'mounted' ? `${server.base}/debug/autodump` : (admin?.address as string)
      const download = (path: string) => fetch(base + path, { headers: { authorization: 'Bearer t0ken' } })

      const manifest = (await (await download(`/dumps/${id}`)).json()) as Manifest
      const file = await download(`/dumps/${id}/${manifest.artifacts[0]?.file}`)
      expect([file.status, file.headers.get('content-length')]).toEqual([200, String(size)])
      const hash = createHash('sha256')
      for await (const chunk of file.body as ReadableStream<Uint8Array>) hash.update(chunk)
      expect(hash.digest('hex')).toBe(sha256)

      const archive = await download(`/dumps/${id}/archive`)
      let tail = Buffer.alloc(0)
      for await (const chunk of archive.body as ReadableStream<Uint8Array>)
        tail = Buffer.concat([tail, chunk]).subarray(-64 * 1024)
      // The end of the central directory: of a zip that breaks off there is none. It has the manifest, the report and the file.
      const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
      expect([archive.status, end >= 0, tail.readUInt16LE(end + 10)]).toEqual([200, true, 3])
      expect([server.child.exitCode, server.child.signalCode]).toEqual([null, null])
    },
    300_000,
  )
})
