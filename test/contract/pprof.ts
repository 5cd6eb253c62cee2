import { describe, expect, it } from 'vitest'
import { eventually } from '../support.js'
import { type Start, serveForAll } from './harness.js'

export function describePprof(start: Start): void {
  describe.each(['/debug/autodump/pprof', '/debug/pprof'])('the profiles at %s', place => {
    const api = serveForAll(start, { profiles: { pull: {} } })
    const at = (path: string) => new URL(api.base).pathname.replace('/debug/autodump', place) + path
    const ask = (path: string, headers: Record<string, string> = {}) =>
      fetch(new URL(at(path), api.base), { headers: { authorization: `Basic ${btoa('any:t0ken')}`, ...headers } })

    it('have a page, a heap profile, and a sentence for what is not there', async () => {
      expect(await (await ask('/')).text()).toContain('go tool pprof')
      // V8 has one sampling in the process: the monitor before this one may just be ending it, and 409 says so.
      const heap = await eventually('a heap profile', async () => {
        const answer = await ask('/heap')
        if (answer.status === 409) await answer.text()
        return answer.status !== 409 && answer
      })
      const bytes = Buffer.from(await heap.arrayBuffer())
      expect(heap.status, bytes.toString()).toBe(200)
      expect(heap.headers.get('content-encoding')).toBe(null)
      expect([...bytes.subarray(0, 2)]).toEqual([0x1f, 0x8b])
      const { status, detail } = (await (await ask('/goroutine')).json()) as { status: number; detail: string }
      expect([status, detail]).toEqual([404, expect.stringContaining('Node.js has no goroutines')])
    })

    it('need the token', async () => {
      for (const authorization of ['', 'Basic YTpi', 'Bearer wrong'])
        expect((await ask('/heap', { authorization })).status).toBe(401)
    })
  })
}
