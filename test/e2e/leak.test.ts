import autocannon from 'autocannon'
import { describe, expect, it } from 'vitest'
import { eventually, manifestsIn, startServer } from '../support.js'

/** 2 MB/s: 100 requests a second that keep, or pass on, 20 kB each. */
const path = '/orders?bytes=20000'
const rate = 100
/** V8's heap limit is 2 to 4 GiB, so without a word the leak would go on for more than a quarter of an hour. */
const within = 240_000

const start = (env: Record<string, string>) => startServer({ interval: 500 }, { fixture: 'leak.mjs', env })
const leaksIn = async (dir: string) => (await manifestsIn(dir)).filter(({ trigger }) => trigger.rule === 'leak')

describe('a slow leak', () => {
  it('is dumped long before the limit, and a cache with as much turnover is not', {
    timeout: within + 30_000,
  }, async () => {
    const [leaking, caching] = await Promise.all([start({}), start({ KEEP_AT_MOST: '1000' })])
    const load = ({ base }: typeof leaking) =>
      autocannon({ url: `${base}${path}`, connections: 4, overallRate: rate, duration: within / 1000 }, () => {})
    const loads = [load(leaking), load(caching)]
    try {
      const [manifest] = await eventually(
        'a dump',
        async () => {
          const dumps = await leaksIn(leaking.dir)
          return dumps.length > 0 && dumps
        },
        within,
      )
      expect(manifest?.trigger).toMatchObject({ metric: 'heap', rule: 'leak', threshold: null })
      expect(manifest?.trigger.value).toBeLessThan(25)
      expect(manifest?.trigger.reason).toMatch(/^live heap grew by \d+ MiB per minute over the last .* min away/)
      expect(manifest?.summary.text).toContain('Live heap grew by')
      expect(manifest?.summary.text).toContain('keepOrder')

      expect(await leaksIn(caching.dir)).toEqual([])
      // Something else may just be captured.
      await eventually('the twin is quiet', async () => {
        const { metrics } = await caching.status()
        return metrics.heap?.rules.leak.reason.startsWith('quiet: live heap')
      })
    } finally {
      for (const one of loads) one.stop?.()
    }
  })
})
