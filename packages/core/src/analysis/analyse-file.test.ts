import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInThisContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { callFrame, realCpuProfile, realHeapProfile } from '../testing/v8-profiles.js'
import { analyseFile } from './analyse-file.js'

function directory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-analyse-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

function fileOf(name: string, content: string | Buffer): string {
  const path = join(directory(), name)
  writeFileSync(path, content)
  return path
}

/** A function of somebody's app: functions of this package are never to blame. */
const appFunction = <T>(code: string): T => runInThisContext(`(${code})`, { filename: '/app/server.js' })

const spinInCircles = appFunction<() => void>(`function spinInCircles() {
  const end = performance.now() + 200
  while (performance.now() < end) Math.sqrt(end)
}`)

describe('a file', () => {
  it('with a CPU profile names the function that was busy, zipped or not', async () => {
    const json = JSON.stringify(await realCpuProfile(spinInCircles))
    for (const path of [
      fileOf('a.cpuprofile', json),
      fileOf('a.cpuprofile.gz', gzipSync(json)),
      fileOf('b.cpuprofile', gzipSync(json)),
    ]) {
      const found = await analyseFile(path)
      expect(found.kind).toBe('cpu-profile')
      expect(found.text).toMatch(/^CPU profile: spinInCircles \(\/app\/server\.js:1\).* took \d+% of the busy time/)
      expect(found.findings[0]).toMatchObject({ kind: 'hot-function', text: expect.stringContaining('spinInCircles') })
    }
  })

  it('with a heap profile names who allocated what is alive', async () => {
    const keepThings = appFunction<() => object[]>(`function keepThings() {
      const things = []
      for (let index = 0; index < 300_000; index++) things.push({ index, name: 'thing ' + index })
      return things
    }`)
    const { profile, alive } = await realHeapProfile(keepThings)
    expect(alive).toHaveLength(300_000)
    const found = await analyseFile(fileOf('a.heapprofile', JSON.stringify(profile)))
    expect(found).toMatchObject({
      kind: 'heap-profile',
      text: expect.stringMatching(/^Heap profile: keepThings .* holds /),
    })
  })

  it('with a heap snapshot names who waits', async () => {
    // Of a process of its own, whose heap is small: that of the tests takes half a minute to write and to read.
    const path = join(directory(), 'a.heapsnapshot')
    execFileSync(process.execPath, [
      '-e',
      `async function waitForParts(list) {
        await new Promise(resolve => list.push(resolve))
        return list.length
      }
      globalThis.list = []
      globalThis.waiting = [waitForParts(list), waitForParts(list)]
      require('node:v8').writeHeapSnapshot(process.argv[1])`,
      path,
    ])
    const seen: number[] = []
    const found = await analyseFile(path, { onProgress: (read, total) => seen.push(read / total) })
    expect(found.kind).toBe('heap-snapshot')
    const text = found.findings.map(finding => finding.text).join('\n')
    expect(text).toMatch(/2 async calls wait in waitForParts/)
    expect(seen.at(-1)).toBe(1)
  })

  it('with a profile that holds no sample is still one', async () => {
    const root = { id: 1, callFrame: callFrame('(root)'), children: [] }
    const path = fileOf('a.cpuprofile', JSON.stringify({ nodes: [root], startTime: 0, endTime: 10 }))
    expect((await analyseFile(path)).text).toBe('CPU profile: the CPU profile holds no sample.')
  })

  it('that is not what its name says is refused in words', async () => {
    const refused = async (path: string, code: string, message: RegExp) =>
      expect(analyseFile(path)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
    await refused(fileOf('a.txt', ''), 'INVALID', /a\.txt is neither a \.cpuprofile/)
    await refused(fileOf('a.cpuprofile', 'not JSON'), 'INVALID', /is not JSON/)
    await refused(fileOf('a.cpuprofile', '{"nodes":7}'), 'INVALID', /nodes/)
    await refused(fileOf('a.heapprofile', '{}'), 'INVALID', /head/)
    await refused(fileOf('a.heapsnapshot', '{}'), 'INVALID', /./)
    await refused(fileOf('a.cpuprofile.gz', gzipSync('{"nodes":[]}').subarray(0, 20)), 'FAILED', /cannot read/)
    await refused(join(directory(), 'a.cpuprofile'), 'NOT_FOUND', /there is no file/)
    await refused(directory(), 'FAILED', /./)
  })
})
