import { describe, expect, it } from 'vitest'
import type { FleetRequest } from '../model/fleet.js'
import { askAdmin, problem } from '../testing/ask-admin.js'
import { aloneAs, endedRun } from '../testing/fake-monitor.js'

const read = async (response: Response) => JSON.parse(await response.text())

describe('GET /runs', () => {
  it('answers the runs that are over', async () => {
    const { ask } = askAdmin()
    const response = await ask('/runs')
    expect([response.status, response.headers.get('autodump-instances')]).toEqual([200, expect.any(String)])
    expect(await read(response)).toEqual({ runs: [endedRun] })
  })

  it('refuses parameters that it does not have, and other methods', async () => {
    const { ask } = askAdmin()
    expect((await problem(await ask('/runs?limit=3'))).status).toBe(400)
    const refused = await ask('/runs', { method: 'POST' })
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })

  it('asks another instance', async () => {
    const { ask, monitor } = askAdmin()
    const asked: FleetRequest[] = []
    monitor.fleet = {
      ...aloneAs('42-0123abcd'),
      others: async () => [aloneAs('43-aaaaaaaa').own],
      async ask(_, request) {
        asked.push(request)
        return { status: 200, body: { runs: [] } }
      },
    }
    expect(await read(await ask('/runs?instance=43'))).toEqual({ runs: [] })
    expect(asked).toEqual([{ method: 'GET', path: '/runs' }])
  })
})
