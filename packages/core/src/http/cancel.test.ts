import { describe, expect, it } from 'vitest'
import { AutodumpError } from '../lib/errors.js'
import type { FleetRequest } from '../model/fleet.js'
import { askAdmin, problem } from '../testing/ask-admin.js'
import { aloneAs, capturingOf, createFakeMonitor, dumpId } from '../testing/fake-monitor.js'

const id = '20261124T013512123Z-42-manual'

const post = { method: 'POST' }

function setUp() {
  const monitor = createFakeMonitor()
  monitor.manifests.set(id, capturingOf(id))
  return askAdmin({}, monitor)
}

describe('POST /dumps/:id/cancel', () => {
  it('answers 204 once the dump is given up, and 404 after that', async () => {
    const { ask, monitor } = setUp()
    const response = await ask(`/dumps/${id}/cancel`, post)
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(monitor.asked).toEqual([['cancel', id]])
    expect((await problem(await ask(`/dumps/${id}/cancel`, post))).status).toBe(404)
  })

  it('answers 409 for a dump that is on disk, which stays', async () => {
    const { ask, monitor } = setUp()
    expect((await problem(await ask(`/dumps/${dumpId}/cancel`, post))).status).toBe(409)
    expect(monitor.manifests.has(dumpId)).toBe(true)
  })

  it('asks nobody for what is no id, nor for all processes', async () => {
    const { ask, monitor } = setUp()
    for (const path of ['/dumps/nope/cancel', '/dumps/..%2f..%2fstatus/cancel', `/dumps/${id}%20/cancel`])
      expect((await problem(await ask(path, post))).status).toBe(404)
    expect((await problem(await ask(`/dumps/${id}/cancel?instance=all`, post))).errors).toHaveLength(1)
    expect((await problem(await ask(`/dumps/${id}/cancel?now=true`, post))).status).toBe(400)
    expect(monitor.asked).toEqual([])
  })

  it('needs the action `capture`', async () => {
    const monitor = createFakeMonitor()
    const { ask } = askAdmin({ auth: { authorize: (_: unknown, action: string) => action !== 'capture' } }, monitor)
    expect((await ask(`/dumps/${id}/cancel`, post)).status).toBe(403)
    expect(monitor.asked).toEqual([])
  })

  it('hands on the answer of another instance', async () => {
    const { ask, monitor } = setUp()
    const asked: FleetRequest[] = []
    let status = 204
    monitor.fleet = {
      ...aloneAs('42-0123abcd'),
      others: async () => [aloneAs('43-aaaaaaaa').own],
      async ask(_, request) {
        asked.push(request)
        if (status === 503) throw new AutodumpError('STOPPED', 'it does not answer')
        return { status, body: status === 204 ? null : { detail: 'it is on disk' } }
      },
    }
    const response = await ask(`/dumps/${id}/cancel?instance=43`, post)
    expect([response.status, response.headers.get('autodump-instances')]).toEqual([204, '43-aaaaaaaa'])
    expect(asked).toEqual([{ method: 'POST', path: `/dumps/${id}/cancel` }])
    for (status of [409, 503]) expect((await ask(`/dumps/${id}/cancel?instance=43`, post)).status).toBe(status)
    expect(monitor.asked).toEqual([])
  })
})
