import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { expect, it } from 'vitest'
import { manifestsIn, noRules, startServer } from '../support.js'

it('a trace shows the requests of a server under load, without their query strings', async () => {
  const server = await startServer({ interval: 200, thresholds: noRules })
  const load = autocannon({ url: `${server.base}/users/1?token=hunter2`, connections: 2, duration: 2, overallRate: 50 })
  const body = JSON.stringify({ capture: ['trace'], duration: 1000 })
  const response = await server.admin('/trigger?wait=true', { method: 'POST', body })
  expect(response.status).toBe(201)
  await load
  const [manifest] = await manifestsIn(server.dir)
  const text = await readFile(join(server.dir, manifest?.id as string, 'trace.json'), 'utf8')
  expect(text).not.toContain('hunter2')
  const { traceEvents } = JSON.parse(text)
  // What Perfetto and chrome://tracing need of each event.
  for (const { ph, pid, name } of traceEvents)
    expect([typeof ph, typeof pid, typeof name]).toEqual(['string', 'number', 'string'])
  const requests = traceEvents.filter((event: { name: string }) => event.name === 'http.server.request')
  expect(requests.length).toBeGreaterThan(10)
  expect(requests.some((event: { args?: { data?: { url?: string } } }) => event.args?.data?.url === '/users/1')).toBe(
    true,
  )
})
