import { describe, expect, it } from 'vitest'
import { askAdmin, problem } from '../testing/ask-admin.js'
import { createFakeMonitor, dumpId, manifestOf } from '../testing/fake-monitor.js'

const put = { method: 'PUT' }

const remove = { method: 'DELETE' }

describe('a pin', () => {
  it('is set and taken away, and shown with the dump and in the list', async () => {
    const { ask, monitor } = askAdmin()
    expect((await ask(`/dumps/${dumpId}/pin`, put)).status).toBe(204)
    expect((await ask(`/dumps/${dumpId}/pin`, put)).status).toBe(204)
    expect(await (await ask('')).json()).toMatchObject({ dumps: [{ id: dumpId, pinned: true }] })
    expect((await ask(`/dumps/${dumpId}/pin`, remove)).status).toBe(204)
    expect(await (await ask('')).json()).toMatchObject({ dumps: [{ id: dumpId, pinned: false }] })
    expect(monitor.asked.filter(([what]) => what === 'setPinned').map(([, , pinned]) => pinned)).toEqual([
      true,
      true,
      false,
    ])
  })

  it('of an unknown dump is 404', async () => {
    const { ask } = askAdmin()
    for (const init of [put, remove]) expect((await problem(await ask('/dumps/x/pin', init))).status).toBe(404)
    expect((await problem(await ask('/dumps/..%2fx/pin', put))).status).toBe(404)
  })

  it('too many is 409, in words and with nothing to wait for', async () => {
    const monitor = createFakeMonitor()
    for (const id of ['a', 'b', 'c']) monitor.manifests.set(id, manifestOf(id))
    const { ask } = askAdmin({}, monitor)
    for (const id of ['a', 'b']) await ask(`/dumps/${id}/pin`, put)
    const refused = await ask('/dumps/c/pin', put)
    expect(refused.headers.has('retry-after')).toBe(false)
    expect(await problem(refused)).toMatchObject({ status: 409, detail: 'two are pinned: unpin one first' })
    expect([...monitor.pins]).toEqual(['a', 'b'])
  })

  it('has a line in the audit log', async () => {
    const lines: string[] = []
    const logger = { info: (line: string) => void lines.push(line), warn: () => {}, error: () => {} }
    const { ask } = askAdmin({ logger })
    await ask(`/dumps/${dumpId}/pin`, put)
    await ask('/dumps/x/pin', remove)
    expect(lines).toEqual([
      `autodump: audit: configure by a local socket (bearer): PUT /debug/autodump/dumps/${dumpId}/pin: 204`,
      'autodump: audit: configure by a local socket (bearer): DELETE /debug/autodump/dumps/x/pin: 404',
    ])
  })

  it('is not set by a page of another origin', async () => {
    const { handler, monitor } = askAdmin({ auth: false })
    const url = `http://localhost/debug/autodump/dumps/${dumpId}/pin`
    expect((await handler(new Request(url, { ...put, headers: { origin: 'http://evil.example' } }))).status).toBe(403)
    expect(monitor.asked).toEqual([])
  })
})
