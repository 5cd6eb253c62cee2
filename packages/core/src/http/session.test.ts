import { describe, expect, it } from 'vitest'
import { askAdmin, base, problem } from '../testing/ask-admin.js'
import { createSessions } from './login-session.js'

const all = { read: true, download: true, capture: true, configure: true, delete: true }

const session = async (response: Response) => JSON.parse(await response.text())

describe('the session', () => {
  it('says who answers, and that the token opens everything', async () => {
    expect(await session(await askAdmin().ask('/session'))).toEqual({
      scheme: 'token',
      actions: all,
      canLogout: false,
      version: '0.1.0',
      instance: '42-0123abcd',
      pid: 42,
      host: 'box',
      prefix: '/debug/autodump',
    })
  })

  it('can be given back where it is a cookie', async () => {
    const headers = { cookie: `autodump_session=${createSessions('t0ken').begin()}` }
    const { handler } = askAdmin()
    expect(await session(await handler(new Request(`${base}/session`, { headers })))).toMatchObject({ canLogout: true })
    expect((await problem(await handler(new Request(`${base}/session`)))).status).toBe(401)
  })

  it('is open to all where nobody is asked', async () => {
    const { ask } = askAdmin({ auth: false })
    expect(await session(await ask('/session'))).toMatchObject({ scheme: 'open', actions: all, canLogout: false })
  })

  it('says what authorize allows, which throws for some', async () => {
    const authorize = (request: Request, action: string) => {
      if (!request.url.endsWith('/session')) return expect.unreachable()
      if (action === 'delete') throw new Error('no database')
      return action === 'read' || action === 'download'
    }
    const { ask } = askAdmin({ auth: { authorize } })
    const actions = { read: true, download: true, capture: false, configure: false, delete: false }
    expect(await session(await ask('/session'))).toMatchObject({ scheme: 'authorize', actions })
  })

  it('is told to nobody whom authorize does not let read', async () => {
    const asked: string[] = []
    const { ask } = askAdmin({ auth: { authorize: (_, action) => asked.push(action) < 0 } })
    expect((await problem(await ask('/session'))).status).toBe(403)
    expect(asked).toEqual(['read'])
  })

  it('knows the path under which a framework has mounted us', async () => {
    const { handler } = askAdmin({ auth: false })
    const response = await handler(new Request('http://localhost/ops/debug/autodump/session'), { mountedAt: '/ops' })
    expect(await session(response)).toMatchObject({ prefix: '/ops/debug/autodump' })
  })
})
