import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest, Options } from '@autodump/core'
import { expect, it } from 'vitest'
import { eventually, manifestsIn, noRules, startServer, token } from '../support.js'

const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

/** A dump of a server that computes while its CPU profile lasts. */
async function busyDump(explain: Options['explain']) {
  const server = await startServer({ thresholds: noRules, explain })
  const prefix = `${server.base}/debug/autodump`
  const body = JSON.stringify({ capture: ['cpu-profile'], duration: 1000, reason: '# <b>by a test</b>' })
  const began = await fetch(`${prefix}/trigger`, { method: 'POST', headers, body })
  expect(began.status).toBe(202)
  const manifest = await eventually('the dump', async () => {
    await fetch(`${server.base}/burn`)
    return (await manifestsIn(server.dir))[0] as Manifest | undefined
  })
  const file = join(server.dir, manifest.id, 'report.md')
  return { manifest, file, served: await (await fetch(`${prefix}/dumps/${manifest.id}/report.md`, { headers })).text() }
}

it('each dump has a report, with the source lines of the culprit', async () => {
  const { manifest, file, served } = await busyDump({})
  const report = readFileSync(file, 'utf8')
  expect(served).toBe(report)
  expect(manifest.summary.headline).toMatch(/^Captured by hand \(.*\): hotFunction \(\S*shop\.mjs:8\)/)
  expect(report).toContain(manifest.summary.headline)
  expect(report).toMatch(/^> *8 \| function hotFunction\(ms\) \{$/m)
  // All text of the app is in code.
  const prose = report.replace(/^(`{3,})[\s\S]*?^\1$/gm, '').replace(/(`+)[^`\n]+\1/g, '')
  expect(prose).not.toContain('by a test')
})

it('the option leaves out the source lines, or the file: then the report is made when it is asked for', async () => {
  const without = await busyDump({ sourceLines: false })
  expect(readFileSync(without.file, 'utf8')).not.toContain('function hotFunction(ms)')
  const off = await busyDump({ enabled: false })
  expect(existsSync(off.file)).toBe(false)
  expect(off.served).toContain('hotFunction')
  expect(off.served).not.toContain('function hotFunction(ms)')
})
