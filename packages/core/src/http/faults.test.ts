import { describe, expect, it } from 'vitest'
import { askAdmin, problem } from '../testing/ask-admin.js'
import { seenFaults } from '../testing/fake-monitor.js'

describe('GET /faults', () => {
  it('answers what went wrong, a row for each fault', async () => {
    const response = await askAdmin().ask('/faults')
    expect([response.status, JSON.parse(await response.text())]).toEqual([200, seenFaults])
  })

  it('needs the action `read`, and refuses parameters that it does not have', async () => {
    const actions: string[] = []
    const authorize = (_: Request, action: string) => actions.push(action) > 0
    const { ask } = askAdmin({ auth: { authorize } })
    expect((await ask('/faults')).status).toBe(200)
    expect(actions).toEqual(['read'])
    expect((await problem(await ask('/faults?limit=3'))).status).toBe(400)
  })
})

describe('PATCH /faults/:id', () => {
  const patch = (path: string, body: unknown, auth = {}) => {
    const admin = askAdmin(auth)
    const headers = { 'content-type': 'application/json' }
    return { ...admin, answer: admin.ask(path, { method: 'PATCH', headers, body: JSON.stringify(body) }) }
  }

  it('marks a fault, which needs the action `configure`', async () => {
    const { monitor, answer } = patch('/faults/0af3b2c1d4e5', { state: 'resolved', note: 'fixed' })
    expect((await answer).status).toBe(200)
    expect(await (await answer).json()).toMatchObject({ state: 'resolved', note: 'fixed' })
    expect(monitor.asked).toEqual([['markFault', '0af3b2c1d4e5', { state: 'resolved', note: 'fixed' }]])
    const reader = { auth: { authorize: (_: Request, action: string) => action === 'read' } }
    expect((await problem(await patch('/faults/0af3b2c1d4e5', {}, reader).answer)).status).toBe(403)
  })

  it.each([{ state: 'gone' }, { note: 7 }, { note: 'x'.repeat(2001) }, { owner: 'me' }, []])(
    'refuses %j',
    async body => {
      const { monitor, answer } = patch('/faults/0af3b2c1d4e5', body)
      expect((await problem(await answer)).status).toBe(400)
      expect(monitor.asked).toEqual([])
    },
  )
})
