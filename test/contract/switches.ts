import type { Manifest } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { eventually, noRules } from '../support.js'
import { invalidFields, read, type Start, serveForAll } from './harness.js'

export function describeSwitches(start: Start): void {
  describe('a kind that is switched off', () => {
    const api = serveForAll(start, { captures: { 'cpu-profile': false, 'heap-snapshot': false } })

    it('is refused by name, and with it all that was asked for', async () => {
      for (const capture of [['heap-snapshot'], ['requests', 'heap-snapshot'], ['cpu-profile']])
        expect(await invalidFields(await api.json('POST', '/trigger', { capture }))).toEqual(['capture'])
      expect(await api.dumps()).toEqual([])
    })

    it('is not switched on by a threshold, not even by the default of one', async () => {
      const before = await api.thresholds()
      const patch = {
        cpu: { watermark: 33, capture: ['requests', 'heap-snapshot'] },
        captures: { 'cpu-profile': true },
      }
      const fields = await invalidFields(await api.json('PATCH', '/thresholds', patch))
      expect(fields.sort()).toEqual(['captures', 'cpu.capture'])
      expect(await api.thresholds()).toEqual(before)
      expect((await api.json('PATCH', '/thresholds', { gc: null })).status).toBe(200)
    })

    it('is left out where nobody has named it', async () => {
      const { state, artifacts } = await read<Manifest>(await api.json('POST', '/trigger?wait=true', { duration: 10 }))
      expect([state, artifacts.map(({ kind }) => kind)]).toEqual(['complete', ['requests']])
    })
  })

  describe('a threshold that asks for a kind that is switched off', () => {
    const api = serveForAll(start, {
      captures: { 'heap-snapshot': false },
      metrics: { queueDepth: () => 1 },
      thresholds: { ...noRules, queueDepth: { watermark: 1, capture: ['requests', 'heap-snapshot'] } },
    })

    it('gets a dump without it, that says so', async () => {
      const dump = await eventually('a dump', async () => (await api.dumps())[0])
      const { state, artifacts, summary } = await read<Manifest>(await api.call(`/dumps/${dump.id}`))
      expect([state, artifacts.map(({ kind }) => kind)]).toEqual(['complete', ['requests']])
      expect(summary.findings).toContainEqual({
        kind: 'switched-off',
        text: 'heap-snapshot is switched off by the option captures',
        data: { kinds: ['heap-snapshot'] },
      })
    })
  })
}
