import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { corrupted, edited, tries } from '../../testing/damage.js'
import { temporaryDirectory } from '../../testing/dumps.js'
import { dumpId, manifestOf } from '../../testing/fake-monitor.js'
import { passed } from '../notify/episodes.js'
import { startMessage } from '../notify/message.js'
import { messageCodec } from '../notify/message-queue.js'
import { openQueueFile } from './queue-file.js'

const message = startMessage('m', manifestOf(dumpId), { dir: '/d', publicUrl: null })

const content = {
  version: 1,
  owner: null,
  deliveries: [{ target: 't', message, queuedAt: 1, attempts: 0, nextAt: 0 }],
  episodes: { load: { since: 1, seenAt: 1, toldAt: 1, dumps: 2, message } },
}

it('a queue that was edited or corrupted is taken whole or dropped, and stops no other', async () => {
  const dir = temporaryDirectory()
  const seen = { taken: 0, dropped: 0 }
  const bytes = fc.oneof(
    edited(content).map(value => Buffer.from(JSON.stringify(value) ?? '')),
    corrupted(JSON.stringify(content)),
  )
  await fc.assert(
    fc.asyncProperty(bytes, async damaged => {
      writeFileSync(join(dir, '.notify-0123456789abcdef.json'), damaged)
      writeFileSync(join(dir, '.notify-0123456789abcdee.json'), JSON.stringify(content))
      const errors: unknown[] = []
      const file = openQueueFile({ codec: messageCodec, dir, monitorId: 1, onError: (_, error) => errors.push(error) })
      const adopted = await file.adopt()
      expect(adopted.length + errors.length).toBe(2)
      for (const { deliveries, beside: episodes } of adopted) {
        for (const { item: message, nextAt } of deliveries)
          expect([typeof message.id, Number.isFinite(nextAt)]).toEqual(['string', true])
        for (const { message, seenAt } of passed(episodes, new Set(), 8e15, 1).over) {
          expect(message.trigger.metric === null || typeof message.trigger.metric === 'string').toBe(true)
          expect(() => new Date(seenAt).toISOString()).not.toThrow()
        }
      }
      seen[adopted.length === 2 ? 'taken' : 'dropped']++
      await file.write({ deliveries: [], beside: {} })
      expect(readdirSync(dir)).toEqual([])
    }),
    tries(200),
  )
  expect(Math.min(seen.taken, seen.dropped)).toBeGreaterThan(10)
})
