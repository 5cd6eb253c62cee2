import { describe, expect, it } from 'vitest'
import { incidentAt, requests, trigger } from '../testing/incidents.js'
import { profileOf, type Slice } from '../testing/profile-of.js'
import { type SummaryInput, summarise } from './summary.js'

const idle: Slice = [1800, '(idle)']
const block: Slice = [1200, 'handle /app/src/server.js:3', 'neverReturns /app/src/loop.js:7']
const other: Slice = [1500, 'handle /app/src/server.js:3', 'recount /app/src/stock.js:2']

function saidOf(slices: Slice[], more: Partial<SummaryInput> = {}) {
  const evidence = new Map([['cpu-profile', [undefined, profileOf(...slices)]]]) as SummaryInput['evidence']
  const blocked = { blockedFor: 1100, stillBlockedFor: 1300 }
  const input = { trigger: trigger('eventLoopDelay', 1100), samples: [], at: incidentAt, evidence, failures: [] }
  return summarise({ ...input, ...blocked, cwd: '/app', ...more })
}

describe('the summary of a dump that is still being captured', () => {
  it('says that the event loop is blocked, and what is running', () => {
    const { headline, text, findings } = saidOf([idle, block])
    expect(headline).toBe('The event loop has stood still for 1.3 s and still does: neverReturns (src/loop.js:7)')
    expect(text).toMatch(/^The event loop has been blocked for 1\.3 s and still is\. /)
    expect(text).toContain('neverReturns (src/loop.js:7) is running: it took 100% of the busy time in the last 3.0 s.')
    expect(findings[0]?.text).toBe('the event loop has been blocked for 1.3 s and still is, since 02:59:58 UTC')
  })

  it('names the route of the only request', () => {
    const evidence = new Map([
      ['cpu-profile', [undefined, profileOf(idle, block)]],
      requests([['GET /forever', 1, 1300]]),
    ])
    expect(saidOf([], { evidence: evidence as SummaryInput['evidence'] }).headline).toBe(
      'GET /forever has blocked the server for 1.3 s and still does: neverReturns (src/loop.js:7)',
    )
  })

  it('does not say it of a function that is over', () => {
    const { headline, text } = saidOf([idle, other, [50, 'neverReturns /app/src/loop.js:7']])
    expect(headline).toMatch(/still does: recount \(src\/stock\.js:2\) in the seconds before$/)
    expect(text).toContain('In the 3.4 s before recount (src/stock.js:2) took')
  })

  it('says it of the function that is collecting garbage now', () => {
    expect(saidOf([idle, block, [20, '(garbage collector)']]).headline).toMatch(
      /does: neverReturns \(src\/loop\.js:7\)$/,
    )
  })

  it('speaks of the past where the block is over', () => {
    const { headline, text } = saidOf([idle, block], { stillBlockedFor: 0 })
    expect(headline).toBe('The event loop stood still for 1.1 s: neverReturns (src/loop.js:7) in the seconds before')
    expect(text).toMatch(/^The event loop was blocked for at least 1\.1 s\. .*In the 3\.0 s before neverReturns/)
  })
})
