import { describe, expect, it } from 'vitest'
import { AutodumpError } from '../lib/errors.js'
import { askAdmin, base, problem } from '../testing/ask-admin.js'
import { createFakeMonitor } from '../testing/fake-monitor.js'

const basic = (password: string) => ({ authorization: `Basic ${Buffer.from(`any:${password}`).toString('base64')}` })

describe('GET /pprof/', () => {
  it.each([
    ['/pprof/profile', 'cpu 30'],
    ['/pprof/profile?seconds=14', 'cpu 14'],
    ['/pprof/heap', 'heap 30'],
    ['/pprof/allocs?gc=1&debug=0', 'heap 30'],
  ])('%s answers with the profile', async (path, content) => {
    const response = await askAdmin().ask(path)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/octet-stream'])
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(await response.text()).toBe(content)
  })

  it.each(['?seconds=abc', '?seconds=0', '?seconds=-1', '?seconds=1.5', '?debug=1', '?second=5'])(
    'refuses %s',
    async query => {
      const { ask } = askAdmin()
      expect((await problem(await ask(`/pprof/profile${query}`, { headers: { accept: '*/*' } }))).status).toBe(400)
    },
  )

  it.each(['/pprof', '/pprof/'])('%s lists them for people', async path => {
    const page = await (await askAdmin().ask(path)).text()
    const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, href]) => new URL(href as string, base + path).pathname)
    expect(links).toEqual(['profile', 'heap', 'allocs'].map(name => `/debug/autodump/pprof/${name}`))
  })

  it.each(['goroutine', 'mutex', 'block', 'threadcreate', 'cmdline', 'symbol', 'trace', 'whatever', 'toString'])(
    'says in a sentence that there is no %s',
    async name => {
      const { ask } = askAdmin()
      const { status, detail } = await problem(await ask(`/pprof/${name}?debug=0`, { headers: { accept: '*/*' } }))
      expect(status).toBe(404)
      expect(detail).toContain(`there is no profile ${name}: `)
    },
  )

  it('talks to `go tool pprof`, which accepts nothing in particular, in plain text with its header', async () => {
    const response = await askAdmin().ask('/pprof/mutex')
    expect([response.status, response.headers.get('x-go-pprof')]).toEqual([404, '1'])
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await response.text()).toMatch(/^there is no profile mutex: /)
  })

  it('leaves the refusals of other routes as they are, whatever their last segment', async () => {
    expect((await problem(await askAdmin().ask('/dumps/pprof'))).detail).toBe('there is no such dump')
  })

  it('says that there is none yet', async () => {
    const monitor = createFakeMonitor()
    monitor.liveProfile = async () => {
      throw new AutodumpError('BUSY', 'nothing is recorded yet')
    }
    const response = await askAdmin({}, monitor).ask('/pprof/profile')
    expect([response.status, await response.text()]).toEqual([409, 'nothing is recorded yet\n'])
  })

  it('takes the token as a password, for reading only', async () => {
    const { handler } = askAdmin()
    const ask = (path: string, headers: object, method = 'GET') =>
      handler(new Request(base + path, { headers: headers as Record<string, string>, method }))
    expect((await ask('/pprof/profile', basic('t0ken'))).status).toBe(200)
    expect((await ask('/trigger', basic('t0ken'), 'POST')).status).toBe(401)
    for (const headers of [basic('wrong'), {}]) {
      const refused = await ask('/pprof/profile', headers)
      expect(refused.status).toBe(401)
      expect(refused.headers.get('www-authenticate')).toMatch(/Bearer .*Basic /)
    }
    expect((await ask('/status', {})).headers.get('www-authenticate')).not.toContain('Basic')
  })

  it('counts wrong passwords as it counts wrong tokens', async () => {
    const { handler } = askAdmin()
    const tries = async () =>
      (await handler(new Request(`${base}/pprof/heap`, { headers: basic('no') }), { remoteAddress: '10.1.1.1' })).status
    const seen = new Set<number>()
    for (let count = 0; count < 300; count++) seen.add(await tries())
    expect([...seen]).toEqual([401, 429])
  })

  it('asks `authorize` for the action `download`', async () => {
    const actions: string[] = []
    const authorize = (_: Request, action: string) => actions.push(action) > 0
    await askAdmin({ auth: { authorize } }).ask('/pprof/heap')
    expect(actions).toEqual(['download'])
  })

  it('is at a second path as well, if asked to', async () => {
    const monitor = createFakeMonitor({ profiles: { pull: {} } })
    const { handler } = askAdmin({}, monitor)
    const at = (path: string) => handler(new Request(`http://localhost${path}`, { headers: basic('t0ken') }))
    expect(await (await at('/debug/pprof/profile?seconds=3')).text()).toBe('cpu 3')
    expect((await at('/debug/pprof/')).status).toBe(200)
    expect((await at('/debug/pprofile')).status).toBe(404)
    const elsewhere = askAdmin({}, createFakeMonitor({ profiles: { pull: { prefix: '/profiles' } } })).handler
    const refused = await elsewhere(new Request('http://localhost/profiles/heap'))
    expect([refused.status, refused.headers.get('x-go-pprof')]).toEqual([401, '1'])
    expect(refused.headers.get('www-authenticate')).toMatch(/Bearer .*Basic /)
    for (const prefix of ['/debug', '/debug/autodump']) {
      const around = askAdmin({}, createFakeMonitor({ profiles: { pull: { prefix } } })).handler
      expect((await around(new Request(`${base}/status`, { headers: basic('t0ken') }))).status).toBe(200)
    }
    const without = askAdmin().handler
    expect((await without(new Request('http://localhost/debug/pprof/', { headers: basic('t0ken') }))).status).toBe(404)
  })
})
