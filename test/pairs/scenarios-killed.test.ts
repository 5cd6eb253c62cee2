import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { onlyInFull, tell, traffic } from '../scenarios/go-wrong.js'
import { storm } from '../scenarios/scenario.js'
import { eventually, manifestsIn, startServer } from '../support.js'

describe('scenario 9: killed', () => {
  /** Real load, and carts whose payment takes longer than the process has. */
  async function underLoad() {
    const server = await startServer({ interval: 200 }, { fixture: '../scenarios/server.mjs' })
    const stopTraffic = traffic(server)
    await server.warm()
    const stopCarts = storm(server, index => `/checkout/${index}`, 12)
    // One sample with many requests is a burst, two are a pile-up.
    await eventually('the black box knows', async () => {
      const runs = await readdir(join(server.dir, '.black-box'))
      const box = join(server.dir, '.black-box', runs[0] as string)
      const texts = (await readdir(box)).map(name => readFile(join(box, name), 'utf8'))
      const all = (await Promise.all(texts)).join('')
      return (all.match(/"inFlight":1\d\b/g)?.length ?? 0) > 1 && all.includes('"/checkout/:cart"')
    })
    return { server, stop: () => [stopTraffic, stopCarts].map(end => end()) }
  }

  it('makes a dump that names the requests in flight at the next start', async () => {
    const { server, stop } = await underLoad()
    const began = Date.now()
    server.child.kill('SIGKILL')
    await server.exit
    stop()
    await startServer({ interval: 200, dir: server.dir }, { fixture: '../scenarios/server.mjs' })
    const [manifest] = await eventually('a dump of the crash', async () => {
      const found = await manifestsIn(server.dir)
      return found.length > 0 && found
    })
    const after = (Date.now() - began) / 1000
    const text = manifest?.summary.text ?? ''
    const named = [/killed/, /\/checkout\/:cart/, /\b12\b/].every(name => name.test(text))
    tell(9, 'killed', 'process crash', named ? 'yes' : 'no', after.toFixed(1))
    expect(manifest?.trigger.rule).toBe('crash')
    expect(manifest?.samples.length).toBeGreaterThan(10)
    expect(text).toMatch(/killed/)
    expect(text).toMatch(/12 of them GET \/checkout\/:cart|all of them GET \/checkout\/:cart/)
  }, 120_000)

  it('makes none when it was stopped', { ...onlyInFull, timeout: 120_000 }, async () => {
    const { server, stop } = await underLoad()
    stop()
    server.child.send('close')
    expect(await server.exit).toEqual({ code: 0, signal: null })
    const next = await startServer({ interval: 200, dir: server.dir }, { fixture: '../scenarios/server.mjs' })
    await next.warm()
    expect((await manifestsIn(server.dir)).map(({ summary }) => summary.text)).toEqual([])
  })
})
