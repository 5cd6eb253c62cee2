import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createFakeMonitor } from '../testing/fake-monitor.js'

const reportable = () => ({ info: vi.fn(), warn: vi.fn(), error: vi.fn() })

/** As in a process of its own, where nothing has been loaded yet. */
async function fresh() {
  vi.resetModules()
  return { ...(await import('./late-admin.js')), ...(await import('./admin-code.js')) }
}

/** The port of a server with the admin routes under /debug/autodump. */
async function serve(
  { createAdminHandler, createNodeListener }: Awaited<ReturnType<typeof fresh>>,
  logger = reportable(),
) {
  const listener = createNodeListener(
    createAdminHandler(createFakeMonitor(), { auth: { token: 't0ken' }, logger }),
    (what, error) => logger.warn(`${what}: ${error}`),
  )
  const server = createServer((req, res) => void listener(req, res, () => res.end('theirs')))
  onTestFinished(() => void server.close())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const authorization = 'Bearer t0ken'

beforeEach(() => void vi.resetModules())

afterEach(() => void vi.doUnmock('../http/whole.js'))

describe('the admin routes of an app that has just begun', () => {
  it('refuse options at once, before anything is loaded', async () => {
    const { createAdminHandler, adminCode } = await fresh()
    expect(() => createAdminHandler(createFakeMonitor(), { prefix: 5 as never })).toThrow(/`prefix` must be string/)
    expect(adminCode.loaded()).toBeUndefined()
  })

  it('are not loaded by making them, nor by requests for others', async () => {
    const late = await fresh()
    const url = await serve(late)
    expect(await (await fetch(`${url}/orders`)).text()).toBe('theirs')
    expect(late.adminCode.loaded()).toBeUndefined()
  })

  it('answer the first request, its body too', async () => {
    const late = await fresh()
    const url = await serve(late)
    const [status, login] = await Promise.all([
      fetch(`${url}/debug/autodump/status`, { headers: { authorization } }),
      fetch(`${url}/debug/autodump/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token: 't0ken' }),
      }),
    ])
    expect(status.status).toBe(200)
    expect(login.status).toBe(204)
    expect(late.adminCode.loaded()).toBeDefined()
  })

  it('are loaded when the app has come to rest, if it has them', async () => {
    const { adminCode, createAdminHandler } = await fresh()
    await adminCode.atRest(() => {})
    expect(adminCode.loaded()).toBeUndefined()
    createAdminHandler(createFakeMonitor(), { auth: false, logger: reportable() })
    await vi.waitFor(() => expect(adminCode.loaded()).toBeDefined(), { timeout: 30_000 })
  })

  it('say 503 where they cannot be loaded, and the log says why, once', async () => {
    const late = await fresh()
    vi.doMock('../http/whole.js', () => {
      throw new Error('EMFILE: too many open files')
    })
    const logger = reportable()
    const url = await serve(late, logger)
    const told: string[] = []
    await late.adminCode.atRest((what, error) => void told.push(`${what}: ${error}`))
    expect(told).toHaveLength(1)
    expect(told[0]).toMatch(/^load the admin routes: /)
    for (let request = 0; request < 2; request++) {
      const refused = await fetch(`${url}/debug/autodump/status`, { headers: { authorization } })
      expect(refused.status).toBe(503)
      expect(await refused.json()).toMatchObject({ status: 503, detail: /could not be loaded/ })
    }
    expect(await (await fetch(`${url}/orders`)).text()).toBe('theirs')
    expect(logger.warn).not.toHaveBeenCalled()
  })
})
