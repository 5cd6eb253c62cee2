import { describe, expect, it } from 'vitest'
import { askAdmin, problem } from '../testing/ask-admin.js'
import { seenFault } from '../testing/fake-monitor.js'

describe('GET /faults', () => {
  it('answers what went wrong, a row for each fault', async () => {
    const response = await askAdmin().ask('/faults')
    expect([response.status, JSON.parse(await response.text())]).toEqual([200, { faults: [seenFault] }])
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
