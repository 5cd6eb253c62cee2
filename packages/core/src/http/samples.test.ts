import { describe, expect, it } from 'vitest'
import type { FleetRequest } from '../model/fleet.js'
import { askAdmin, problem } from '../testing/ask-admin.js'
import { aloneAs } from '../testing/fake-monitor.js'

const read = async (response: Response) => JSON.parse(await response.text())

describe('GET /samples', () => {
  it('answers those after a moment, with the interval between them', async () => {
    const { ask, monitor } = askAdmin()
    const { sample } = monitor.current
    const at = sample?.at as number
    expect(await read(await ask('/samples'))).toEqual({ interval: 1000, samples: [sample] })
    expect(await read(await ask(`/samples?since=${at - 1}`))).toEqual({ interval: 1000, samples: [sample] })
    expect(await read(await ask(`/samples?since=${at}`))).toEqual({ interval: 1000, samples: [] })
  })

  it('refuses what is no moment', async () => {
    const { ask } = askAdmin()
    for (const since of ['', '-1', 'yesterday', '1.5', '1e3', '9'.repeat(40), '1&since=2'])
      expect((await problem(await ask(`/samples?since=${since}`))).status).toBe(400)
  })

  it('asks another instance for its own', async () => {
    const { ask, monitor } = askAdmin()
    const asked: FleetRequest[] = []
    const body = { interval: 100, samples: [] }
    monitor.fleet = {
      ...aloneAs('42-0123abcd'),
      others: async () => [aloneAs('43-aaaaaaaa').own],
      async ask(_, request) {
        asked.push(request)
        return { status: 200, body }
      },
    }
    expect(await read(await ask('/samples?instance=43&since=7'))).toEqual(body)
    expect(await read(await ask('/captures?instance=43'))).toEqual(body)
    expect(asked).toEqual([
      { method: 'GET', path: '/samples', query: { since: 7 } },
      { method: 'GET', path: '/captures' },
    ])
  })
})

it('GET /captures says what each kind would cost', async () => {
  const { ask, monitor } = askAdmin()
  expect(await read(await ask('/captures'))).toEqual({ captures: await monitor.captures() })
  expect((await problem(await ask('/captures?kind=trace'))).status).toBe(400)
})
