// What Kubernetes looks at: probes on the port of the monitor thread, and the termination log.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Options, Status } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { eventually, noRules, startServer, temporaryDirectory, token } from '../support.js'

/** A rule that fires as soon as the event loop is blocked. */
const blocks: NonNullable<Options['thresholds']> = {
  ...noRules,
  eventLoopDelay: { enabled: true, watermark: 500, hold: 1, capture: ['cpu-profile', 'requests'] },
}

const options = { interval: 50, warmup: 0, cpuProfile: { blockedDuration: 200 } }

const labels = { service: 'shop', instance: 'shop-5d9', version: '1.4.2' }

async function probe(address: string, name = 'livez') {
  const response = await fetch(new URL(`/${name}`, address))
  return { status: response.status, body: (await response.json()) as { state: string } }
}

describe('the probes', () => {
  it('call a stuck process stuck when its evidence is in the bucket, without a token', async () => {
    const bucket = { url: pathToFileURL(join(temporaryDirectory(), 'bucket')).href }
    const probes = { stuckAfter: 1000, evidenceWithin: 3600_000 }
    const server = await startServer({ ...options, thresholds: blocks, admin: { port: 0 }, bucket, probes })
    const address = await eventually('the admin server', async () => (await server.status()).admin?.address)
    expect(await probe(address)).toEqual({ status: 200, body: { state: 'ok' } })

    const blocked = fetch(`${server.base}/block?ms=1e12`).catch(() => {})
    const seen = new Set<string>()
    await eventually('stuck', async () => {
      const { status, body } = await probe(address)
      seen.add(`${body.state} ${status}`)
      return body.state === 'stuck'
    })
    expect([...seen].filter(one => !['ok 200', 'busy 200'].includes(one))).toEqual(['stuck 503'])
    expect(await probe(address, 'readyz')).toEqual({ status: 503, body: { state: 'stuck' } })
    // The mark on disk comes first, the status a moment later.
    const uploads = await eventually('the status says so', async () => {
      const answer = await fetch(`${address}/status`, { headers: { authorization: `Bearer ${token}` } })
      const { bucket } = (await answer.json()) as Status
      return bucket?.uploaded === 1 && bucket.pending === 0 && bucket
    })
    expect(uploads.newest?.url).toContain('manifest.json')
    server.child.kill('SIGKILL')
    await blocked
  })

  it('wait for evidence that does not come for no longer than they are told', async () => {
    const probes = { stuckAfter: 1000, evidenceWithin: 500 }
    const server = await startServer({ ...options, thresholds: noRules, admin: { port: 0 }, probes })
    const address = await eventually('the admin server', async () => (await server.status()).admin?.address)
    const blocked = fetch(`${server.base}/block?ms=1e12`).catch(() => {})
    await eventually('stuck', async () => (await probe(address)).body.state === 'stuck')
    server.child.kill('SIGKILL')
    await blocked
  })

  it('call a process well that has recovered', async () => {
    const probes = { stuckAfter: 1000, evidenceWithin: 0 }
    const server = await startServer({ ...options, thresholds: noRules, admin: { port: 0 }, probes })
    const address = await eventually('the admin server', async () => (await server.status()).admin?.address)
    const blocked = fetch(`${server.base}/block?ms=3000`)
    await eventually('stuck', async () => (await probe(address)).body.state === 'stuck')
    await blocked
    await eventually('well again', async () => (await probe(address)).body.state === 'ok')
  })
})

describe('the termination log', () => {
  const place = (content = '') => {
    const path = join(temporaryDirectory(), 'termination-log')
    writeFileSync(path, content)
    return { terminationLog: path, read: () => readFileSync(path, 'utf8') }
  }

  it('has the culprit and its address in the bucket after SIGKILL', async () => {
    const { terminationLog, read } = place()
    const bucket = { url: pathToFileURL(join(temporaryDirectory(), 'bucket')).href }
    const server = await startServer({ ...options, labels, thresholds: blocks, bucket, terminationLog })
    await eventually('a calm text', () => read().includes('nothing is wrong'))
    const blocked = fetch(`${server.base}/block?ms=1e12`).catch(() => {})
    await eventually('the sentence', () => /^dump /m.test(read()) && read().includes('evidence: file:'))
    server.child.kill('SIGKILL')
    await server.exit
    await blocked
    const text = read()
    expect(text).toMatch(new RegExp(`^autodump, process ${server.child.pid}: the event loop has been blocked for`))
    expect(text).toContain('labels: service=shop, instance=shop-5d9, version=1.4.2')
    expect(text).toMatch(/^1 of 1 requests in flight are GET \/block/m)
    expect(text).toMatch(/^last samples:\n\d{4}-.*eventLoopDelay/m)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096)
    const url = /^evidence: (file:.*)$/m.exec(text)?.[1] as string
    expect(JSON.parse(readFileSync(new URL(url), 'utf8'))).toMatchObject({ process: { labels } })
  })

  it('has the error that ended the process', async () => {
    const { terminationLog, read } = place()
    const server = await startServer({ ...options, thresholds: noRules, terminationLog })
    await eventually('a calm text', () => read().includes('nothing is wrong'))
    server.child.send('throw')
    await server.exit
    expect(read()).toMatch(/^autodump, process \d+, last words: Error: thrown on purpose\n +at /)
  })

  it('is neither made nor taken from the app', async () => {
    const { terminationLog, read } = place('the words of the app')
    const missing = join(temporaryDirectory(), 'none')
    mkdirSync(missing)
    for (const path of [terminationLog, join(missing, 'termination-log')]) {
      const server = await startServer({ ...options, thresholds: noRules, terminationLog: path })
      await eventually('sampled', async () => (await server.status()).sample !== null)
      server.child.kill('SIGKILL')
      await server.exit
    }
    expect(read()).toBe('the words of the app')
    expect(() => readFileSync(join(missing, 'termination-log'))).toThrow('ENOENT')
  })
})
