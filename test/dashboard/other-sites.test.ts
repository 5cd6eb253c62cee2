import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, noRules, startServer } from '../support.js'
import { dashboardOf, hasChromium, logIn, startShop, useBrowser } from './browser.js'

/** Somebody else's web page, on another port of this machine: another origin, but to cookies the same site. */
async function startOtherSite(host = '127.0.0.1'): Promise<string> {
  const site = createServer((_, res) => res.setHeader('content-type', 'text/html').end('<title>other</title>'))
  site.listen(0, '127.0.0.1')
  await new Promise(resolve => site.once('listening', resolve))
  onTestFinished(() => {
    site.close()
    site.closeAllConnections()
  })
  return `http://${host}:${(site.address() as AddressInfo).port}/`
}

/** What a proxy on this machine gets that passes the name on by which it was called. */
function statusAs(host: string, port: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path: '/debug/autodump/status', headers: { host } }, answer =>
      resolve(answer.resume().statusCode),
    )
    asked.once('error', reject).end()
  })
}

/** What a page can try: with forms, with what `fetch` sends without asking, and with what it asks for first. */
async function tryEverything(base: string): Promise<Record<string, string>> {
  const outcome = (work: Promise<Response>) =>
    work.then(
      async answer => `${answer.status || answer.type} ${await answer.text()}`.trim(),
      () => 'refused by the browser',
    )
  const json = { 'content-type': 'application/json' }
  const send = (path: string, init: RequestInit) => outcome(fetch(base + path, { credentials: 'include', ...init }))
  const tries = {
    read: send('/status', {}),
    'read blindly': send('/status', { mode: 'no-cors' }),
    trigger: send('/trigger', { method: 'POST', headers: json, body: '{"capture":["requests"]}' }),
    'trigger blindly': send('/trigger', { method: 'POST', mode: 'no-cors', body: '{"capture":["requests"]}' }),
    'trigger without a body': send('/trigger', { method: 'POST', mode: 'no-cors' }),
    configure: send('/thresholds', { method: 'PATCH', headers: json, body: '{"cpu":{"enabled":false}}' }),
    'log out': send('/logout', { method: 'POST', mode: 'no-cors' }),
  }
  const results: Record<string, string> = {}
  for (const [name, result] of Object.entries(tries)) results[name] = await result
  return results
}

/** A form asks nobody, and its body can be made to look like JSON. */
const submitForm = (base: string) => `new Promise(resolve => {
  document.body.innerHTML = '<iframe name="target"></iframe><form method="post" enctype="text/plain" target="target"><input></form>'
  const [form] = document.forms
  form.action = ${JSON.stringify(`${base}/trigger`)}
  Object.assign(form[0], { name: '{"capture":["requests"],"reason":"', value: '"}' })
  document.querySelector('iframe').addEventListener('load', resolve)
  form.submit()
})`

describe.skipIf(!hasChromium)('a page of another site', () => {
  const browser = useBrowser()
  const rebound = useBrowser([
    '--host-resolver-rules=MAP evil.example 127.0.0.1',
    // What newer browsers do against it themselves.
    '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests',
  ])

  it.each(['127.0.0.1', 'localhost'])(
    'changes nothing and reads nothing, whoever has logged in in the same browser: from %s',
    async host => {
      const server = await startShop({ thresholds: noRules })
      const { page } = await browser.visit(dashboardOf(server))
      await logIn(page)
      await page.getByRole('button', { name: 'Log out' }).waitFor()
      const before = await (await server.admin('/thresholds')).text()
      const cookies = await page.context().cookies()

      const other = await page.context().newPage()
      await other.goto(await startOtherSite(host))
      const results = await other.evaluate(tryEverything, dashboardOf(server))
      await other.evaluate(submitForm(dashboardOf(server)))
      expect(results).toEqual({
        read: 'refused by the browser',
        'read blindly': 'refused by the browser',
        trigger: 'refused by the browser',
        'trigger blindly': 'refused by the browser',
        'trigger without a body': 'refused by the browser',
        configure: 'refused by the browser',
        'log out': 'refused by the browser',
      })
      expect(((await (await server.admin('/')).json()) as { items: [] }).items ?? []).toEqual([])
      expect(await (await server.admin('/thresholds')).text()).toBe(before)
      // What came of all that: neither a dump nor the end of the session.
      expect(await page.context().cookies()).toEqual(cookies)
      expect(server.output()).not.toMatch(/audit: (?!login).*: 20[0-9]/)
    },
    180_000,
  )

  it.each([
    ['the port of its own', { admin: { port: 0, auth: false as const } }, 'answers only to `localhost`'],
    ['the port of the app', {}, 'have to call it `localhost`'],
  ])('that lets its name point to this machine gets nothing without a token: from %s', async (_, options, why) => {
    const env: Record<string, string> = 'admin' in options ? {} : { AUTODUMP_TEST_OPEN: '1' }
    const server = await startServer({ thresholds: noRules, ...options }, { fixture: 'strangers.mjs', env })
    const address =
      'admin' in options
        ? await eventually('it listens', async () => (await server.status()).admin?.address)
        : server.base
    const { port } = new URL(address)
    const { page } = await rebound.visit('about:blank')
    const open = async (url: string) => {
      const answer = await page.goto(url)
      return [answer?.status(), await page.locator('body').textContent()]
    }
    const [status, text] = await open(`http://evil.example:${port}/debug/autodump/status`)
    expect([status, text]).toEqual([403, expect.stringContaining(why)])
    const [dashboard] = await open(`http://evil.example:${port}/debug/autodump`)
    expect(dashboard).toBe(403)
    // The page that came from there before the name pointed here: to its own origin it may send whatever it likes.
    const url = `http://evil.example:${port}/page`
    await page.route(url, route => route.fulfill({ contentType: 'text/html', body: '<title>evil</title>' }))
    await page.goto(url)
    const made = await page.evaluate(() =>
      fetch('/debug/autodump/trigger', { method: 'POST' }).then(({ status }) => status),
    )
    expect(made).toBe(403)
    expect((await open(`http://localhost:${port}/debug/autodump/status`))[0]).toBe(200)

    // Where there is a token, the name changes nothing: the cookie of one name is not sent to another.
    const mounted = new URL(server.base).port
    if ('admin' in options) expect((await open(`http://evil.example:${mounted}/debug/autodump/status`))[0]).toBe(401)
    // The app itself answers to whatever name it is called by, and so do the routes behind a proxy.
    expect(await open(`http://evil.example:${mounted}/`)).toEqual([200, 'hello'])
    expect(await statusAs('shop.example', mounted)).toBe('admin' in options ? 401 : 200)
  })
})
