import { describe, expect, it } from 'vitest'
import { wholeId } from './dump-ids.js'
import { CliError } from './errors.js'

const ids = [
  '20261124T013512123Z-4711-cpu-spike',
  '20261124T013512123Z-4711-cpu-spike-2',
  '20261124T091500000Z-4711-heap-leak',
  '20261125T013512999Z-99-inFlight-watermark',
]

/** Dumps as a server lists them, newest first, a page of two at a time. */
function target(all = ids) {
  const asked: string[] = []
  const newestFirst = all.toSorted().reverse()
  return {
    asked,
    name: '/d',
    async ask(path: string, { method = 'GET' } = {}) {
      asked.push(`${method} ${path}`)
      const { pathname, searchParams } = new URL(path, 'http://localhost')
      if (pathname !== '/') {
        if (all.includes(pathname.slice('/dumps/'.length))) return new Response()
        throw new CliError('notFound', 'there is no such dump')
      }
      const q = (searchParams.get('q') ?? '').toLowerCase()
      const matching = newestFirst.filter(id => id.toLowerCase().includes(q))
      const from = Number(searchParams.get('cursor') ?? 0)
      const dumps = matching.slice(from, from + 2).map(id => ({ id, headline: `about ${id.slice(-5)}` }))
      return Response.json({ dumps, ...(matching.length > from + 2 && { next: String(from + 2) }) })
    },
  }
}

describe('a dump can be named by', () => {
  it.each([
    ['its id', ids[0], ids[0]],
    ['the beginning of it', '20261125', ids[3]],
    ['the time of day', '0915', ids[2]],
    ['its process', '99', ids[3]],
    ['its metric, in any case', 'inflight', ids[3]],
    ['its rule', 'leak', ids[2]],
    ['latest', 'latest', ids[3]],
  ])('%s', async (_, text, id) => {
    expect(await wholeId(text as string, target())).toBe(id)
  })
})

describe('a short id', () => {
  it('that means several is refused, and they are listed with what they say', async () => {
    const error = await wholeId('20261124T01', target()).catch(error => error)
    expect(error).toMatchObject({ exit: 'usage', message: '20261124T01 is the beginning of 2 ids: say more of it' })
    expect(error.lines).toEqual([`${ids[1]}  about ike-2`, `${ids[0]}  about spike`])
  })

  it('is looked for on all pages', async () => {
    await expect(wholeId('4711', target())).rejects.toMatchObject({ lines: expect.objectContaining({ length: 3 }) })
  })

  it('that means none is not found', async () => {
    await expect(wholeId('2027', target())).rejects.toMatchObject({ exit: 'notFound', message: /no dump 2027 in \/d/ })
    await expect(wholeId('latest', target([]))).rejects.toMatchObject({ exit: 'notFound' })
  })

  it('is not a part of a longer one: a whole id wins, and is asked for alone', async () => {
    const one = target()
    expect(await wholeId(ids[0] as string, one)).toBe(ids[0])
    expect(one.asked).toEqual([`GET /dumps/${ids[0]}`])
  })

  it('may be of a dump that nobody lists yet', async () => {
    const capturing = '20261130T000000000Z-4711-manual'
    expect(await wholeId(capturing, target())).toBe(capturing)
  })
})
