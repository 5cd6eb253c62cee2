// @module-tag full
import { expect, it } from 'vitest'
import type { DiagnosticReport } from '../../model/diagnostic-report.js'
import { runProfiledApp } from '../../testing/run-profiled-app.js'
import { redactReport } from './report.js'

interface Told {
  content: string
  value: DiagnosticReport & { javascriptStack: { stack: string[] } }
  pauseMs: number
  excludeNetwork: boolean
}

const secret = 'planted-5f1c7a'

it('the report capture reports on the app thread in mid-block, without secrets, and leaves the settings as they were', async () => {
  const { told } = await runProfiledApp<Told>('report', {
    env: { DB_PASSWORD: secret, HARMLESS_NAME: `${secret}-too` },
    args: [`--token=${secret}`, '--port=1'],
  })
  const { value, content } = told
  expect(content).not.toContain(secret)
  expect(content).not.toContain('environmentVariables')
  expect(content).not.toContain('HARMLESS_NAME')
  expect(value.header.commandLine?.slice(-2)).toEqual(['--token=[redacted]', '--port=1'])
  expect(value.header.cwd).toBe(process.cwd())
  // The monitor thread is a worker, so the test above was about its report too.
  expect(value.workers).toHaveLength(1)

  expect(value.javascriptStack.stack.join('\n')).toContain('hotLoop')
  const peers = value.libuv?.filter(({ type }) => type === 'tcp').map(({ remoteEndpoint }) => remoteEndpoint?.host)
  expect(peers).toContain('127.0.0.1')
  expect(value.header).not.toHaveProperty('networkInterfaces')
  expect(told.excludeNetwork).toBe(false)
  expect(told.pauseMs).toBeGreaterThan(0)
})

it('the report capture is left out rather than let the app wait for a worker thread in a native call', async () => {
  const { told } = await runProfiledApp<{ answer: { error?: string }; tookMs: number }>('busy-worker')
  expect(told.answer.error).toMatch(/^left out because a worker thread does not answer/)
  expect(told.tookMs).toBeLessThan(2000)
})

it('the report capture has the title of the process and the names of worker threads without their secrets', () => {
  const worker: DiagnosticReport = {
    header: { event: 'Worker thread subreport [jobs --token=hunter2]' },
    nativeStack: [{ pc: '0x1', symbol: 'uv_run [shop --password=hunter2]' }, { pc: '0x2' }],
  }
  const report = redactReport({
    header: { event: 'JavaScript API', commandLine: ['shop', '-p', 'hunter2'] },
    workers: [worker],
  })
  expect(JSON.stringify(report)).not.toContain('hunter2')
  expect(report.workers?.[0]).toEqual({
    header: { event: 'Worker thread subreport [jobs --token=[redacted]]' },
    nativeStack: [{ pc: '0x1', symbol: 'uv_run [shop --password=[redacted]]' }, { pc: '0x2' }],
  })
})
