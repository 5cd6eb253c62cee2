import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DumpPage } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openCache } from './cache.js'
import { openFleet } from './index.js'
import { testBucket } from './testing/bucket.js'

const start = Date.UTC(2026, 10, 29, 3)

async function setUp() {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-cache-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const made = await testBucket()
  const problems: string[] = []
  async function serveOnce(query: string): Promise<DumpPage> {
    const cache = await openCache({ dir, place: 'here', onProblem: text => problems.push(text) })
    const handler = openFleet(made.bucket, { cache })
    made.asked.length = 0
    const page = (await (await handler(new Request(`http://localhost/dumps${query}`))).json()) as DumpPage
    await cache.close()
    return page
  }
  return { ...made, dir, problems, serveOnce }
}

describe('the cache of a fleet', () => {
  it('spares the next server what this one knows, and what came since is seen', async () => {
    const { plant, serveOnce, asked } = await setUp()
    for (let minute = 0; minute < 5; minute++) plant({ at: start + minute * 60_000 })
    const first = await serveOnce('?q=shop')
    expect(asked.filter(name => name === 'get')).toHaveLength(5)
    expect(await serveOnce('?q=shop')).toEqual(first)
    expect(asked.filter(name => name === 'get')).toHaveLength(0)
    plant({ at: start + 10 * 60_000 })
    expect((await serveOnce('?q=shop')).total).toBe(6)
    expect(asked.filter(name => name === 'get')).toHaveLength(1)
  })

  it('may be thrown away, cut off, or hold something else', async () => {
    const { plant, serveOnce, dir, problems } = await setUp()
    plant({ at: start })
    await serveOnce('?q=shop')
    const [file = ''] = readdirSync(dir)
    for (const content of ['', 'hello', Buffer.from('1f8b0800', 'hex')]) {
      writeFileSync(join(dir, file), content)
      expect((await serveOnce('?q=shop')).total).toBe(1)
    }
    rmSync(join(dir, file))
    expect((await serveOnce('?q=shop')).total).toBe(1)
    expect(problems).toEqual([])
  })

  it('that cannot be written is told, and the server goes on', async () => {
    const { plant, serveOnce, dir, problems } = await setUp()
    plant({ at: start })
    rmSync(dir, { recursive: true })
    writeFileSync(dir, 'a file')
    expect((await serveOnce('?q=shop')).total).toBe(1)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain('cannot be written')
  })
})
