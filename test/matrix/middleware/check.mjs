// Sees that an app with autodump and one middleware more works: `node express.mjs express-4 helmet`. Each is tried
// after ours and before it. What is the app's is to be as it would be without us, and what is ours as if it were alone.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'

const token = 'matrix-token'
const prefix = '/debug/autodump'

/** What every app in the matrix is given: no dump but by hand, and all that it says kept. */
export function createOptions() {
  const said = []
  const dir = mkdtempSync(join(tmpdir(), 'autodump-middleware-'))
  // On a busy machine the thread may take longer than a start waits for it. That it comes is seen by `checkApp`.
  const keep = line => void (/the monitor thread has not come up yet/.test(line) || said.push(line))
  const metrics = [
    'cpu',
    'rss',
    'heap',
    'eventLoopDelay',
    'eventLoopUtilization',
    'inFlight',
    'gc',
    'handles',
    'requestAge',
    'fds',
    'memory',
    'streams',
  ]
  return {
    said,
    remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }),
    options: {
      dir,
      interval: 50,
      auth: { token },
      logger: { info: () => {}, warn: keep, error: keep },
      thresholds: Object.fromEntries(metrics.map(name => [name, { enabled: false }])),
    },
  }
}

/** Asks again and again, and fails with what it was told last. */
export async function eventually(what, wanted, ask) {
  let last
  for (let tries = 0; tries < 400; tries++) {
    last = await ask()
    if (isDeepStrictEqual(last, wanted)) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  assert.deepEqual(last, wanted, what)
}

/**
 * What holds beside every middleware.
 *
 * @param {object} app
 * @param {string} app.origin where it listens
 * @param {Record<string, string>} app.headers what the middleware wants to see of every request
 * @param {unknown[]} app.errors which the app has had
 * @param {string | null} app.waitRoute the pattern of `/wait/:id`
 * @param {(app: { origin: string, groups: () => Promise<string[]> }) => unknown} app.more what holds beside this one
 */
export async function checkApp({ origin, headers = {}, errors, waitRoute, more }) {
  const mine = (path, init = {}) => fetch(origin + path, { ...init, headers: { ...headers, ...init.headers } })
  const admin = (path, init = {}) =>
    fetch(origin + prefix + path, {
      ...init,
      headers: { ...headers, ...(headers.authorization ? {} : { authorization: `Bearer ${token}` }), ...init.headers },
    })
  const send = (method, path, body) =>
    admin(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  const status = async () => (await admin('/status')).json()
  const inFlight = async () => (await status()).sample?.values.inFlight
  const groups = async () => {
    const made = await send('POST', '/trigger?wait=true', { capture: ['requests'], reason: 'the matrix' })
    assert.equal(made.status, 201, await made.clone().text())
    const { id } = await made.json()
    const table = await admin(`/dumps/${id}/requests.json`)
    assert.equal(table.status, 200)
    return (await table.json()).groups.map(({ count, method, route }) => `${count} ${method} ${route}`).sort()
  }

  await eventually('the monitor runs', 'running', async () => (await status()).state)
  // The app's own.
  assert.deepEqual(await (await mine('/users/ann')).json(), { user: 'ann' })
  const posted = await mine('/echo', {
    method: 'POST',
    body: '{"a":1}',
    headers: { 'content-type': 'application/json' },
  })
  assert.deepEqual(await posted.json(), { body: { a: 1 } })
  assert.equal((await mine('/nowhere')).status, 404)

  // Ours.
  const page = await admin('', { headers: { accept: 'text/html' } })
  assert.match(await page.text(), /<html/)
  assert.equal(page.status, 200)
  for (const path of ['', '/thresholds', '/openapi.json', '/metrics'])
    assert.equal((await admin(path)).status, 200, path)
  const patched = await send('PATCH', '/thresholds', { cpu: { watermark: 51 } })
  assert.equal(patched.status, 200, await patched.clone().text())
  assert.equal((await patched.json()).cpu.watermark, 51)
  assert.equal((await send('PATCH', '/thresholds', { cpu: { watermark: -1 } })).status, 400)
  assert.equal((await admin('/dumps/nothing')).status, 404)
  assert.equal((await send('PUT', '/status', {})).status, 405)
  const leave = new AbortController()
  const stream = await admin('/stream', { signal: leave.signal })
  assert.match(stream.headers.get('content-type'), /text\/event-stream/)
  const [{ value }] = await Promise.all([stream.body.getReader().read(), inFlight()])
  assert.match(Buffer.from(value).toString(), /event: status/)

  // What is in flight is the app's alone, by its pattern, and nothing is left of it.
  await eventually('none in flight', 0, inFlight)
  const abort = new AbortController()
  for (const id of [1, 2, 3]) mine(`/wait/${id}`, { signal: abort.signal }).catch(() => {})
  await eventually('three in flight', 3, inFlight)
  if (waitRoute !== undefined) assert.deepEqual(await groups(), [`3 GET ${waitRoute}`])
  abort.abort()
  await eventually('none in flight any more', 0, inFlight)
  await more?.({ origin, groups, inFlight, mine })
  await eventually('none in flight at the end', 0, inFlight)
  leave.abort()
  assert.deepEqual(errors, [], 'errors of the app')
}

/** Serves, checks, and closes. */
export async function checkServer(server, app) {
  if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening')
  try {
    await checkApp({ origin: `http://127.0.0.1:${server.address().port}`, ...app })
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

/**
 * Runs one middleware of a list after ours and before it. Without a name it lists them.
 *
 * @param {Record<string, { order?: ('before' | 'after')[] }>} middlewares
 * @param {(middleware: object, order: 'before' | 'after', version: string) => Promise<void>} check
 */
export async function tryOne(middlewares, check) {
  const [version, name] = process.argv.slice(2)
  if (name === undefined) return console.log(JSON.stringify(Object.keys(middlewares)))
  const middleware = middlewares[name]
  assert.ok(middleware, `there is no ${name}`)
  for (const order of middleware.order ?? ['after', 'before']) {
    try {
      await check(middleware, order, version)
    } catch (error) {
      console.error(`${name}, which comes ${order} ours, under ${version}: ${error.stack}`)
      process.exit(1)
    }
  }
  process.exit(0)
}
