import { describe, expect, it } from 'vitest'
import { AutodumpError } from '../../lib/errors.js'
import type { FleetAnswer, FleetRequest } from '../../model/fleet.js'
import { askAdmin, jsonRequest, problem } from '../../testing/ask-admin.js'
import { aloneAs, createFakeMonitor, dumpId } from '../../testing/fake-monitor.js'

const own = '42-0123abcd'

const second = '43-aaaaaaaa'

const hung = '44-bbbbbbbb'

/** A monitor with instances that answer so; `asked` is what they were asked for. */
function withInstances(answers: Record<string, FleetAnswer | AutodumpError>) {
  const monitor = createFakeMonitor()
  const asked: [string, FleetRequest][] = []
  monitor.fleet = {
    ...aloneAs(own),
    others: async () => Object.keys(answers).map(id => aloneAs(id).own),
    async ask(id, request) {
      asked.push([id, request])
      const answer = answers[id] as FleetAnswer | AutodumpError
      if (answer instanceof Error) throw answer
      return answer
    },
  }
  return { ...askAdmin({}, monitor), monitor, asked }
}

const silent = new AutodumpError('STOPPED', 'process 44 does not answer: nothing for 3000 ms')

const header = (response: Response) => [
  response.headers.get('autodump-instances'),
  response.headers.get('autodump-instances-failed'),
]

const read = async (response: Response) => JSON.parse(await response.text())

describe('?instance=', () => {
  it('is not needed: the process that answers says so', async () => {
    const { ask, asked } = withInstances({ [second]: { status: 200, body: {} } })
    for (const path of ['/status', '/thresholds']) expect(header(await ask(path))).toEqual([own, null])
    expect(header(await ask('/trigger', { method: 'POST' }))).toEqual([own, null])
    expect(asked).toEqual([])
  })

  it('hands out the answer of another process as it is, its refusal too', async () => {
    const busy = { type: 'about:blank', title: 'Conflict', status: 409, detail: 'busy' }
    const { handler, asked } = withInstances({
      [second]: { status: 202, body: { id: dumpId, state: 'capturing' } },
      [hung]: { status: 409, retryAfter: '7', body: busy },
    })
    const begun = await handler(jsonRequest('POST', '/trigger?instance=43', { duration: 400 }))
    expect([begun.status, begun.headers.get('location'), header(begun)]).toEqual([
      202,
      `/debug/autodump/dumps/${dumpId}`,
      [second, null],
    ])
    const refused = await handler(jsonRequest('POST', '/trigger?instance=44', {}))
    expect([refused.headers.get('retry-after'), header(refused)]).toEqual(['7', [null, hung]])
    expect(await problem(refused)).toEqual(busy)
    expect(asked[0]).toEqual([second, { method: 'POST', path: '/trigger', body: { duration: 400 }, wait: undefined }])
  })

  it('says 503 where that one does not answer, and 400 before anybody is asked', async () => {
    const { ask, handler, asked, monitor } = withInstances({ [hung]: silent })
    expect(await problem(await ask('/status?instance=44'))).toMatchObject({ status: 503, detail: silent.message })
    asked.length = 0
    for (const path of ['/trigger?instance=44', '/trigger?instance=all'])
      expect((await problem(await handler(jsonRequest('POST', path, { duration: -1 })))).status).toBe(400)
    const both = await problem(await ask('/trigger?instance=all&wait=true', { method: 'POST' }))
    expect(both).toMatchObject({ status: 400, errors: [{ field: 'wait' }] })
    expect([asked, monitor.asked]).toEqual([[], []])
  })

  it('all: has what each says, and who did not answer', async () => {
    const { ask } = withInstances({ [second]: { status: 200, body: { state: 'running' } }, [hung]: silent })
    const response = await ask('/status?instance=all')
    expect([response.status, header(response)]).toEqual([200, [`${own}, ${second}`, hung]])
    const { instances } = await read(response)
    expect(instances).toMatchObject([
      { id: own, pid: 42, status: 200, body: { pid: 42 } },
      { id: second, pid: 43, status: 200, body: { state: 'running' } },
      { id: hung, pid: 44, status: 503, body: { detail: silent.message } },
    ])
  })

  it('all: a trigger has begun if one has, and is refused with all reasons if none has', async () => {
    const both = withInstances({ [second]: { status: 202, body: { id: dumpId, state: 'capturing' } } })
    both.monitor.onBegin = () => Promise.reject(new AutodumpError('BUSY', 'in the middle of it'))
    const begun = await both.ask('/trigger?instance=all', { method: 'POST' })
    expect([begun.status, header(begun)]).toEqual([202, [second, own]])
    const { ask, monitor } = withInstances({ [hung]: silent })
    monitor.onBegin = both.monitor.onBegin
    const none = await ask('/trigger?instance=all', { method: 'POST' })
    expect(none.headers.get('retry-after')).toBe('1')
    expect(await problem(none)).toMatchObject({ status: 409, detail: expect.stringContaining(silent.message) })
  })
})

describe('PATCH /thresholds', () => {
  const patch = { cpu: { watermark: 55 } }

  it('reaches all, answers with its own, and says who has it', async () => {
    const other = '45-cccccccc' // It has other metrics of its own.
    const { handler, asked } = withInstances({
      [second]: { status: 200, body: {} },
      [hung]: silent,
      [other]: { status: 400, body: { status: 400 } },
    })
    const response = await handler(jsonRequest('PATCH', '/thresholds', patch))
    expect([response.status, header(response)]).toEqual([200, [`${own}, ${second}`, `${hung}, ${other}`]])
    expect(await read(response)).toMatchObject({ cpu: { watermark: 55 }, rss: {} })
    expect(asked).toContainEqual([second, { method: 'PATCH', path: '/thresholds', body: patch, ifMatch: undefined }])
  })

  it('reaches nobody where its own process refuses', async () => {
    const { handler, asked } = withInstances({ [second]: { status: 200, body: {} } })
    expect((await handler(jsonRequest('PATCH', '/thresholds', { nosuch: {} }))).status).toBe(400)
    expect((await handler(jsonRequest('PATCH', '/thresholds', patch, { 'if-match': '"old"' }))).status).toBe(412)
    expect(asked).toEqual([])
  })

  it('asks the one that is named to compare the tag', async () => {
    const { handler, asked, monitor } = withInstances({ [second]: { status: 200, body: {}, etag: '"new"' } })
    const response = await handler(jsonRequest('PATCH', '/thresholds?instance=43', patch, { 'if-match': '"its"' }))
    expect([response.headers.get('etag'), header(response)]).toEqual(['"new"', [second, null]])
    expect(asked).toMatchObject([[second, { ifMatch: '"its"' }]])
    expect(monitor.asked).toEqual([])
  })
})

describe('GET /instances', () => {
  it('shows everybody, blocked and silent ones as what they are', async () => {
    const blocked = { state: 'running', blockedFor: 1200, sample: null, capture: null, dumps: { last: null } }
    const { ask } = withInstances({ [second]: { status: 200, body: blocked }, [hung]: silent })
    const { instances } = await read(await ask('/instances'))
    expect(instances).toMatchObject([
      { id: own, self: true, condition: 'running', error: null, lastDump: { id: dumpId } },
      { id: second, self: false, condition: 'blocked', blockedFor: 1200, labels: { service: 'shop' } },
      { id: hung, self: false, condition: 'silent', error: silent.message, blockedFor: null, sample: null },
    ])
  })
})

describe('GET /dumps/:id', () => {
  it('knows of a dump that another instance is capturing, and asks no other', async () => {
    const id = '20261124T013512123Z-43-manual'
    const capture = { id, state: 'capturing', createdAt: '2026', trigger: {}, pending: [] }
    const { ask, asked } = withInstances({ [second]: { status: 200, body: { capture } }, [hung]: silent })
    const response = await ask(`/dumps/${id}`)
    expect([response.headers.get('retry-after'), await read(response)]).toEqual(['1', capture])
    expect(asked.map(([whom]) => whom)).toEqual([second])
    expect((await ask('/dumps/20261124T013512123Z-44-manual')).status).toBe(404)
  })
})
