import { describe, expect, it } from 'vitest'
import { invalidFields, problem, type Start, serveForAll } from './harness.js'

export function describeThresholds(start: Start): void {
  describe('thresholds', () => {
    const api = serveForAll(start, { metrics: { queueDepth: () => 3 } })
    const patch = (body: unknown, headers = {}) => api.json('PATCH', '/thresholds', body, headers)
    const etag = async () => (await api.call('/thresholds')).headers.get('etag') as string

    it('shows every metric, custom ones too, in full', async () => {
      const thresholds = await api.thresholds()
      const loop = ['eventLoopDelay', 'eventLoopUtilization']
      const builtin = [
        'cpu',
        'rss',
        'heap',
        ...loop,
        'inFlight',
        'gc',
        'handles',
        'requestAge',
        'fds',
        'memory',
        'streams',
        'longPolls',
      ]
      expect(Object.keys(thresholds)).toEqual([...builtin, 'queueDepth'])
      for (const threshold of Object.values(thresholds))
        expect(Object.keys(threshold)).toEqual(
          expect.arrayContaining(['enabled', 'min', 'spike', 'watermark', 'cooldown', 'hold', 'capture']),
        )
    })

    it('merges a patch into what is there and answers with the whole', async () => {
      const before = await api.thresholds()
      const response = await patch({ cpu: { watermark: 55 } })
      expect(response.status).toBe(200)
      const after = await response.json()
      expect(after).toEqual({ ...before, cpu: { ...before.cpu, watermark: 55 } })
      expect(await api.thresholds()).toEqual(after)
      expect(response.headers.get('etag')).toBe(await etag())
    })

    it('takes the media type of merge patches, and parameters behind either', async () => {
      for (const type of ['application/merge-patch+json', 'application/json; charset=utf-8', 'APPLICATION/JSON'])
        expect((await patch({ cpu: { min: 21 } }, { 'content-type': type })).status).toBe(200)
    })

    it('turns a rule off with null, and on again', async () => {
      await patch({ cpu: { spike: null } })
      expect((await api.thresholds()).cpu?.spike).toBeNull()
      await patch({ cpu: { spike: 30 } })
      expect((await api.thresholds()).cpu?.spike).toBe(30)
    })

    it('goes back to the default with null for a metric or for a field that cannot be off', async () => {
      await patch({ cpu: { min: 1, hold: 5 } })
      await patch({ cpu: { hold: null } })
      expect((await api.thresholds()).cpu).toMatchObject({ min: 1, hold: 1 })
      await patch({ cpu: null })
      expect((await api.thresholds()).cpu).toMatchObject({ min: 20, watermark: 80, spike: 25 })
    })

    it('changes the tag with every change and compares it: 412 when stale', async () => {
      const first = await etag()
      expect((await patch({ heap: { watermark: 71 } }, { 'if-match': first })).status).toBe(200)
      const second = await etag()
      expect(second).not.toBe(first)
      await problem(await patch({ heap: { watermark: 72 } }, { 'if-match': first }), 412)
      await problem(await patch({ heap: { watermark: 72 } }, { 'if-match': `W/${second}` }), 412)
      expect((await api.thresholds()).heap?.watermark).toBe(71)
      expect((await patch({ heap: { watermark: 73 } }, { 'if-match': `"x", ${second}` })).status).toBe(200)
      expect((await patch({ heap: { watermark: 74 } }, { 'if-match': '*' })).status).toBe(200)
    })

    it('lets one of two who read the same tag win', async () => {
      const headers = { 'if-match': await etag() }
      const values = [61, 62, 63, 64]
      const answers = await Promise.all(values.map(watermark => patch({ rss: { watermark } }, headers)))
      const statuses = answers.map(({ status }) => status)
      expect(statuses.toSorted()).toEqual([200, 412, 412, 412])
      expect((await api.thresholds()).rss?.watermark).toBe(values[statuses.indexOf(200)])
    })

    it.each([
      ['watermark', -1],
      ['watermark', 0],
      ['watermark', '80'],
      ['spike', 0],
      ['spike', -5],
      ['spike', true],
      ['min', -1],
      ['min', 'low'],
      ['cooldown', -1],
      ['cooldown', 1.5],
      ['hold', 0],
      ['hold', 1.5],
      ['hold', 1e9],
      ['enabled', 'yes'],
      ['enabled', 1],
      ['capture', []],
      ['capture', ['cpu-profile', 'cpu-profile']],
      ['capture', 'cpu-profile'],
      ['nonsense', 1],
    ])('refuses %s: %j, and names the field', async (field, value) => {
      const before = await api.thresholds()
      expect(await invalidFields(await patch({ cpu: { [field]: value } }))).toEqual([`cpu.${field}`])
      expect(await api.thresholds()).toEqual(before)
    })

    it('names every invalid field at once, and applies none of the valid ones', async () => {
      const before = await api.thresholds()
      const fields = await invalidFields(
        await patch({
          cpu: { watermark: -1, nonsense: 1, hold: 0 },
          rss: { watermark: 61.5 },
          nosuch: { min: 1 },
          gc: 7,
        }),
      )
      expect(fields.sort()).toEqual(['cpu.hold', 'cpu.nonsense', 'cpu.watermark', 'gc', 'nosuch'])
      expect(await api.thresholds()).toEqual(before)
    })

    it.each([[[]], ['text'], [7], [null], [[{ cpu: {} }]]])('refuses %j, which is no object', async body => {
      await problem(await patch(JSON.stringify(body)), 400)
    })
  })
}
