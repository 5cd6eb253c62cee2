import { existsSync, readdirSync } from 'node:fs'
import type { Manifest, Status } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { eventually, token } from '../support.js'
import { type Api, invalidFields, problem, read, type Start, serveForAll } from './harness.js'

const trigger = (api: Api, body: unknown, query = '') => api.json('POST', `/trigger${query}`, body)
const status = async (api: Api) => (await (await api.call('/status')).json()) as Status
const idle = (api: Api) => eventually('idle', async () => (await status(api)).capture === null)

export function describeTrigger(start: Start): void {
  describe('trigger', () => {
    const api = serveForAll(start)

    it('answers at once with 202 and where the dump will be, which is `capturing` until it is complete', async () => {
      await idle(api)
      const response = await trigger(api, { capture: ['cpu-profile', 'requests'], duration: 1500, reason: 'by a test' })
      expect(response.status).toBe(202)
      const { id, state } = await read<{ id: string; state: string }>(response)
      expect(state).toBe('capturing')
      expect(response.headers.get('location')).toBe(`${new URL(api.base).pathname}/dumps/${id}`)

      const early = await api.call(`/dumps/${id}`)
      expect(Number(early.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
      expect(await early.json()).toMatchObject({ id, state: 'capturing', trigger: { rule: 'manual' } })
      expect((await eventually('in the status', async () => (await status(api)).capture)).id).toBe(id)
      expect(
        (await api.dumps()).map(dump => dump.id),
        'what is listed is whole',
      ).not.toContain(id)

      const manifest = await eventually('complete', async () => {
        const found = (await (await api.call(`/dumps/${id}`)).json()) as Manifest
        return found.state === 'complete' && found
      })
      expect(manifest.trigger).toMatchObject({ metric: null, rule: 'manual', reason: 'by a test' })
      const taken = manifest.artifacts.filter(({ phase }) => phase === 'during')
      expect(taken.map(({ kind }) => kind)).toEqual(['cpu-profile', 'requests'])
      expect(manifest.summary.text).toContain('by a test')
    })

    it('waits for the manifest when asked to: 201', async () => {
      await idle(api)
      const response = await trigger(api, { capture: ['requests'], reason: 'two\nlines\u001b[31m' }, '?wait=true')
      expect(response.status).toBe(201)
      const manifest = await read<Manifest>(response)
      expect(manifest).toMatchObject({ state: 'complete', trigger: { reason: 'two lines [31m' } })
      expect(response.headers.get('location')).toMatch(new RegExp(`/dumps/${manifest.id}$`))
      expect(existsSync(`${api.dir}/${manifest.id}/manifest.json`)).toBe(true)
    })

    it('needs no body', async () => {
      await idle(api)
      const headers = { authorization: `Bearer ${token}` }
      const response = await fetch(`${api.base}/trigger`, { method: 'POST', headers })
      expect(response.status).toBe(202)
      const { id } = await read<{ id: string }>(response)
      // It lasts for five seconds: nobody waits for it here.
      await problem(await api.call(`/dumps/${id}`, { method: 'DELETE' }), 404)
    })

    it('is refused while another capture is in progress: 409 with Retry-After', async () => {
      await eventually('capturing', async () => (await status(api)).capture)
      const response = await trigger(api, { capture: ['requests'] })
      const seconds = Number(response.headers.get('retry-after'))
      expect(seconds).toBeGreaterThanOrEqual(1)
      expect(seconds).toBeLessThanOrEqual(6)
      await problem(response, 409)
      await problem(await trigger(api, { capture: ['requests'] }, '?wait=true'), 409)
    })

    it.each([
      [{ capture: ['nope'] }, ['capture.0']],
      [{ capture: [] }, ['capture']],
      [{ capture: 'cpu-profile' }, ['capture']],
      [{ capture: ['requests', 'requests'] }, ['capture']],
      [{ duration: -1 }, ['duration']],
      [{ duration: 9 }, ['duration']],
      [{ duration: 300_001 }, ['duration']],
      [{ duration: '100' }, ['duration']],
      [{ duration: 10.5 }, ['duration']],
      [{ reason: 7 }, ['reason']],
      [{ reason: 'x'.repeat(501) }, ['reason']],
      [{ file: '/etc/passwd' }, ['file']],
      [{ capture: ['nope'], duration: -1, what: 1 }, ['what', 'capture.0', 'duration']],
      [[], ['']],
    ])('refuses %j with 400, busy or not, and names every field', async (body, fields) => {
      expect((await invalidFields(await trigger(api, body))).sort()).toEqual(fields.sort())
    })

    it('refuses a query that it does not know', async () => {
      expect(await invalidFields(await trigger(api, {}, '?wait=maybe&dry=1'))).toEqual(
        expect.arrayContaining(['wait', 'dry']),
      )
    })
  })

  describe('twenty triggers at once', () => {
    const api = serveForAll(start)

    it('make one dump; the others are told when to come again', async () => {
      // It lasts until the last of them has come, on a busy machine too.
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => trigger(api, { capture: ['cpu-profile'], duration: 4000 })),
      )
      const others = answers.filter(answer => answer.status !== 202)
      expect(others).toHaveLength(19)
      for (const other of others) {
        expect(other.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
        await problem(other, 409)
      }
      await eventually('the dump', async () => (await api.dumps()).length === 1)
      expect(readdirSync(api.dir).filter(name => /^\d/.test(name))).toHaveLength(1)
    })
  })

  describe('limits.maxPerHour', () => {
    const api = serveForAll(start, { limits: { maxPerHour: 2 } })

    it('refuses what is above it: 429 with Retry-After of up to an hour, and removal gives nothing back', async () => {
      for (let made = 0; made < 2; made++) {
        const { id } = await api.dump()
        expect((await api.call(`/dumps/${id}`, { method: 'DELETE' })).status).toBe(204)
      }
      const response = await trigger(api, { capture: ['requests'] })
      const seconds = Number(response.headers.get('retry-after'))
      expect(seconds).toBeGreaterThan(3500)
      expect(seconds).toBeLessThanOrEqual(3600)
      await problem(response, 429)
      const { quota } = await eventually('in the status', async () => {
        const now = await status(api)
        return now.quota.retryAfter > 0 && now
      })
      expect(quota.maxPerHour).toBe(2)
      expect(await api.dumps()).toEqual([])
    })
  })

  describe('a disk without room', () => {
    const api = serveForAll(start, { retention: { minFreeBytes: Number.MAX_SAFE_INTEGER } })

    it('is said with 507, and uses up no quota', async () => {
      await problem(await trigger(api, { capture: ['requests'] }), 507)
      expect((await status(api)).quota.retryAfter).toBe(0)
      expect(readdirSync(api.dir).filter(name => /^\d/.test(name))).toEqual([])
    })
  })
}
