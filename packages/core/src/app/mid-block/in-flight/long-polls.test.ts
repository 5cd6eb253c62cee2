import { describe, expect, it } from 'vitest'
import { createLongPolls } from './long-polls.js'
import type { Source } from './row.js'

interface Asked {
  path: string
  since: number
  fate: 'waiting' | 'answered' | 'gone'
}

/** Requests by hand, and a scan a second. */
function setUp() {
  const clock = { now: 0 }
  const requests = new Set<Asked>()
  const source = {
    fateOf: ({ fate }: Asked) => fate,
    targetOf: ({ path }: Asked) => `GET ${path}`,
  } as unknown as Source<unknown>
  const polls = createLongPolls({ nameOf: (_, request) => `GET ${(request as Asked).path.replace(/\d+/, ':id')}` })
  function ask(path: string, count = 1): Asked[] {
    return Array.from({ length: count }, () => {
      const asked: Asked = { path, since: clock.now, fate: 'waiting' }
      requests.add(asked)
      polls.begun(source, asked, clock.now)
      return asked
    })
  }
  function end(ended: Iterable<Asked>, fate: Asked['fate'] = 'answered') {
    for (const one of ended) {
      one.fate = fate
      requests.delete(one)
    }
  }
  /** How many of the requests that wait are long polls. */
  function scan(): number {
    polls.look(clock.now)
    let count = 0
    for (const one of requests) if (polls.isLongPoll(source, one, one.since, clock.now)) count += 1
    return count + polls.many()
  }
  /** How many rows of a table that is made now say so. */
  const shown = () => [...requests].filter(one => polls.isShownAsLongPoll(source, one, one.since, clock.now)).length
  function pass(seconds: number): number {
    let count = 0
    for (let second = 0; second < seconds; second++) {
      clock.now += 1000
      count = scan()
    }
    return count
  }
  /** Clients that poll: each asks anew when it has its answer, after `hold` seconds. */
  function poll(path: string, clients: number, hold: number, rounds: number) {
    for (let round = 0; round < rounds; round++) {
      const asked = ask(path, clients)
      pass(hold)
      end(asked)
    }
  }
  return { ask, end, scan, shown, pass, poll, clock }
}

describe('long polls', () => {
  it('are the requests of a route that has always waited', () => {
    const { ask, pass, poll } = setUp()
    ask('/ok')
    pass(20)
    poll('/poll/1', 25, 20, 2)
    ask('/poll/2', 520)
    expect(pass(2)).toBe(520)
    // Longer than ever: they hang.
    expect(pass(40)).toBe(0)
  })

  it('are not those of a route that was answered at once before, however long it hangs', () => {
    const { ask, end, pass, poll } = setUp()
    for (let second = 0; second < 60; second++) {
      const asked = ask('/orders', 5)
      end(asked)
      pass(1)
    }
    poll('/orders', 50, 8, 5)
    ask('/orders', 200)
    expect(pass(3)).toBe(0)
  })

  it('are not those of a route that hangs from its first request on', () => {
    const { ask, pass } = setUp()
    ask('/ok')
    pass(14)
    ask('/reserve/1', 520)
    for (let second = 0; second < 60; second++) expect(pass(1)).toBe(0)
  })

  it('are not those whose clients gave up', () => {
    const { ask, end, pass } = setUp()
    end(ask('/ok'))
    pass(20)
    for (let round = 0; round < 5; round++) {
      const asked = ask('/stuck', 30)
      pass(20)
      end(asked, 'gone')
    }
    ask('/stuck', 100)
    expect(pass(2)).toBe(0)
  })

  it('are hundreds that come back right after a start, for half a minute', () => {
    const { ask, pass, shown } = setUp()
    for (let step = 0; step < 5; step++) {
      ask('/poll', 104)
      pass(1)
    }
    expect(pass(1)).toBe(520)
    expect(pass(22)).toBe(520)
    expect(shown()).toBe(520)
    expect(pass(12)).toBe(0)
    expect(shown()).toBe(0)
  })

  it('are those hundreds in the second of two samples a second apart at the latest', () => {
    const { ask, scan, clock } = setUp()
    clock.now = 90
    ask('/poll', 520)
    // The samples at 0.11 and 1.11 s see the scans before them.
    clock.now = 100
    expect(scan()).toBe(0)
    while (clock.now < 1000) {
      clock.now += 100
      scan()
    }
    expect(scan()).toBe(520)
  })

  it('are not a few dozen right after a start', () => {
    const { ask, pass } = setUp()
    ask('/reserve/1', 60)
    expect(pass(3)).toBe(0)
  })

  it('are known of a route whatever paths are made up beside it', () => {
    const { ask, end, pass, poll } = setUp()
    poll('/poll', 25, 20, 2)
    for (let index = 0; index < 3000; index++) {
      end(ask(`/.env${'x'.repeat(index % 700)}`))
      if (index % 16 === 15) pass(1)
    }
    ask('/poll', 520)
    expect(pass(2)).toBe(520)
  })
})

it('a request that waits is named a few times, not at each scan', () => {
  let named = 0
  const source = { fateOf: () => 'waiting' } as unknown as Source<unknown>
  const polls = createLongPolls({
    nameOf() {
      named += 1
      return 'GET /hangs'
    },
  })
  polls.begun(source, {}, 0)
  for (let now = 0; now < 300_000; now += 100) polls.look(now)
  // At 1 s, 2 s, 4 s and so on.
  expect(named).toBe(9)
})
