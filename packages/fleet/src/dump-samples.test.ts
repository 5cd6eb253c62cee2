import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BucketReplay, Manifest } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { manifestOf } from '../../core/src/testing/dumps.js'
import { openCache } from './cache.js'
import { bytesOf, compactSamples } from './compact-samples.js'
import { createDumpSamples } from './dump-samples.js'
import { openFleet } from './index.js'
import type { Listed } from './listed.js'
import { testBucket } from './testing/bucket.js'

const start = Date.UTC(2026, 10, 29, 3)

const listedAs = (key: string) => ({ key, service: 'shop', instance: 'pod-1', version: '1', at: start }) as Listed
const samples = [1, 2, 3].map(index => ({ at: start + index, values: { cpu: index } }))
const manifest = (state: Manifest['state'] = 'complete') =>
  manifestOf('20261129T030000000Z-7-cpu-spike', { samples, state })

describe('the samples of dumps', () => {
  it('are read once, until others that are used more have their place', async () => {
    const asked: string[] = []
    const samplesOf = createDumpSamples({
      most: 2 * bytesOf(compactSamples(samples)),
      manifestOf: async ({ key }) => {
        asked.push(key)
        return manifest()
      },
    })
    for (const key of ['a', 'b', 'a', 'b', 'a', 'c', 'a', 'c', 'b']) await samplesOf(listedAs(key))
    expect(asked).toEqual(['a', 'b', 'c', 'b'])
  })

  it('of a dump that is not complete are read each time, and of none that is junk', async () => {
    let asked = 0
    const samplesOf = createDumpSamples({
      manifestOf: async ({ key }) => {
        asked++
        if (key === 'junk') throw new SyntaxError('junk')
        return key === 'gone' ? undefined : manifest('partial')
      },
    })
    for (const key of ['a', 'a', 'junk', 'gone']) await samplesOf(listedAs(key))
    expect(asked).toBe(4)
    expect(await samplesOf(listedAs('junk'))).toBeNull()
    expect(await samplesOf(listedAs('gone'))).toBeNull()
  })

  it('are kept on disk for the next server, which reads no manifest', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'autodump-cache-'))
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
    const { bucket, plant, asked } = await testBucket()
    for (let minute = 0; minute < 3; minute++) plant({ at: start + minute * 60_000, cpu: [10, 10, 95] })
    const replay = async (watermark: number) => {
      const cache = await openCache({ dir, place: 'here', onProblem: text => expect.unreachable(text) })
      const handler = openFleet(bucket, { cache })
      asked.length = 0
      const body = JSON.stringify({ thresholds: { cpu: { spike: null, watermark } } })
      const headers = { 'content-type': 'application/json' }
      const response = await handler(new Request('http://localhost/replay', { method: 'POST', headers, body }))
      await cache.close()
      const { dumps, looked } = (await response.json()) as BucketReplay
      return { looked, dumps: dumps.length, read: asked.filter(name => name === 'get').length }
    }
    expect(await replay(90)).toEqual({ looked: 3, dumps: 3, read: 3 })
    expect(await replay(99)).toEqual({ looked: 3, dumps: 0, read: 0 })
    const file = readdirSync(dir).find(name => name.startsWith('fleet-samples')) as string
    for (const junk of ['junk', '']) {
      writeFileSync(join(dir, file), junk)
      expect(await replay(90)).toEqual({ looked: 3, dumps: 3, read: 3 })
    }
  })
})
