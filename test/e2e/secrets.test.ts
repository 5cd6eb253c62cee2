import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Manifest } from '@autodump/core'
import { expect, it, onTestFinished } from 'vitest'
import { routes } from '../../packages/core/src/http/routes.js'
import { captureKinds } from '../../packages/core/src/model/capture-kind.js'
import { eventually, noRules, temporaryDirectory } from '../support.js'

/** Where secrets are planted that look like a token. */
const longPlaces = [
  'environment',
  'argument',
  'argumentAfter',
  'argumentUrl',
  'header',
  'bearer',
  'cookie',
  'query',
  'queryName',
  'body',
  'path',
  'outboundBearer',
  'outboundCookie',
  'outboundQuery',
  'outboundUrl',
  'outboundPath',
  'outboundBody',
  'sql',
  'sqlValue',
  'sqlPassword',
  'channel',
  'channelUrl',
  'errorUrl',
  'errorHeader',
  'dataUrl',
  'scriptQuery',
  'sourceUrl',
  'webhookPath',
  'webhookQuery',
  'webhookHeader',
  'adminToken',
  'wrongToken',
  'crash',
  'crashUrl',
  'crashQuery',
]
/** Where secrets are planted as people choose them: only what stands around them says that they are secret. */
const shortPlaces = [
  'shortArgument',
  'shortOption',
  'shortVariable',
  'shortConfig',
  'title',
  'workerName',
  'matrixPath',
  'errorMongoose',
  'errorCommand',
  'errorCookie',
  'errorList',
  'errorJson',
  'crashMailer',
  'crashSlash',
  'crashPem',
  'crashQuoted',
]
/** Keys of services, which are known by how they begin; the hook has 24 characters. */
const keys = {
  errorKey: ['sk', 'live', randomBytes(12).toString('hex')].join('_'),
  crashKey: ['gh', `p_${randomBytes(18).toString('hex')}`].join(''),
  outboundHook: randomBytes(36)
    .toString('base64')
    .replace(/[^a-zA-Z]/g, '')
    .padEnd(24, 'xQzJ')
    .slice(0, 24),
  routePattern: `AA${randomBytes(24).toString('base64url')}`,
}
const short = (at: number) => `hunter${at}${randomBytes(3).toString('hex')}`
/** Each says where it was if it is found. */
const secrets: Record<string, string> = {
  ...Object.fromEntries(longPlaces.map(place => [place, `planted${place}0${randomBytes(12).toString('hex')}`])),
  ...Object.fromEntries(shortPlaces.map((place, at) => [place, short(at)])),
  ...keys,
}
const places = Object.keys(secrets)
/** Which of them are in it, in any case and in the encodings that text goes through. */
function planted(content: string | Buffer): string[] {
  const text = content.toString('latin1' as never).toLowerCase()
  return places.filter(place => {
    const secret = (secrets[place] as string).toLowerCase()
    const encodings = [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64').slice(0, -4)]
    return encodings.some(encoded => text.includes(encoded.toLowerCase()))
  })
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map(name => join(directory, name))
    .filter(path => statSync(path).isFile())
}

/** What is found in the dump directory, by file. */
function leaksOnDisk(directory: string): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const path of filesBelow(directory)) {
    const stored = readFileSync(path)
    const leaks = planted(path.endsWith('.gz') ? gunzipSync(stored) : stored)
    if (leaks.length > 0) found[path.slice(directory.length)] = leaks
  }
  return found
}

interface App {
  child: ChildProcess
  base: string
  output(): string
  events: unknown[]
  exit: Promise<unknown>
}

async function start(dir: string, webhook: string): Promise<App> {
  const options = {
    dir,
    interval: 100,
    auth: { token: secrets.adminToken },
    thresholds: { ...noRules, armed: { watermark: 5, cooldown: 3600_000, capture: captureKinds } },
    cpuProfile: { duration: 1500 },
    recorder: { window: 500 },
    requests: { channels: ['db:query', 'custom:job'] },
    notify: { webhook: { url: webhook, headers: { 'x-key': secrets.webhookHeader } } },
  }
  const file = fileURLToPath(new URL('../fixtures/secrets.mjs', import.meta.url))
  const args = [
    `--token=${secrets.argument}`,
    '--db-password',
    secrets.argumentAfter,
    `pg://u:${secrets.argumentUrl}@db/x`,
    '--smtp-pass',
    secrets.shortArgument,
    '-p',
    secrets.shortOption,
    `DB_PASS=${secrets.shortVariable}`,
    '--config',
    `{"db":{"pass":"${secrets.shortConfig}"}}`,
  ]
  const child = fork(file, args as string[], {
    silent: true,
    env: {
      ...process.env,
      AUTODUMP_TEST_OPTIONS: JSON.stringify(options),
      SECRETS: JSON.stringify(secrets),
      DATABASE_PASSWORD: secrets.environment,
    },
  })
  let output = ''
  const events: unknown[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (output += chunk))
  const exit = new Promise(resolve => child.once('exit', (code, signal) => resolve(signal ?? code)))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exit
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (message: { port?: number }) => {
      if (message.port) resolve(message.port)
      else events.push(message)
    })
    child.once('exit', code => reject(new Error(`exited with ${code}: ${output}`)))
  })
  return { child, base: `http://127.0.0.1:${port}`, output: () => output, events, exit }
}

it('a dump with every kind of evidence keeps secrets out of every artifact, file, log line, event and answer', {
  timeout: 400_000,
}, async () => {
  const dir = temporaryDirectory()
  const hooks = createServer((request, response) => {
    request.resume()
    response.writeHead(500).end()
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void hooks.close())
  await new Promise(resolve => hooks.once('listening', resolve))
  const { port } = hooks.address() as AddressInfo
  const webhook = `http://127.0.0.1:${port}/${secrets.webhookPath}?key=${secrets.webhookQuery}`
  const app = await start(dir, webhook)
  const admin = `${app.base}/debug/autodump`
  const bearer = { authorization: `Bearer ${secrets.adminToken}` }
  const answers: Record<string, string[]> = {}
  async function ask(path: string, init: RequestInit = {}): Promise<string> {
    const response = await fetch(admin + path, { ...init, headers: { ...bearer, ...init.headers } })
    const text = `${[...response.headers].join('\n')}\n${await response.text()}`
    if (planted(text).length > 0) answers[`${init.method ?? 'GET'} ${path}`] = planted(text)
    return text
  }

  const abort = new AbortController()
  onTestFinished(() => {
    abort.abort()
    isBurning = false
  })
  const inbound = {
    authorization: `Bearer ${secrets.bearer}`,
    cookie: `sid=${secrets.cookie}`,
    'x-api-key': secrets.header as string,
    'content-type': 'application/json',
  }
  const url = `${app.base}/work/17/${secrets.path};sid=${secrets.matrixPath}?token=${secrets.query}&${secrets.queryName}=1`
  const body = JSON.stringify({ password: secrets.body })
  for (let sent = 0; sent < 5; sent++)
    void fetch(url, { method: 'POST', headers: inbound, body, signal: abort.signal }).catch(() => {})
  let isBurning = true
  const burn = async () => {
    while (isBurning) await (await fetch(`${app.base}/burn?token=${secrets.query}`)).text()
  }
  // It ends with the app; asking again at once would take the time of everything else.
  burn().catch(() => {})
  void fetch(`${app.base}/bot${secrets.routePattern}/hook`, { signal: abort.signal }).catch(() => {})
  const diesEarly = app.exit.then(status => Promise.reject(new Error(`the app exited with ${status}: ${app.output()}`)))
  diesEarly.catch(() => {})
  await eventually('windows were recorded', async () => /"windows":[2-9]/.test(await ask('/status')))
  await fetch(`${app.base}/arm`)
  const dumped = eventually('a dump', () => readdirSync(dir).find(name => /^\d.*armed-watermark$/.test(name)), 200_000)
  const id = await Promise.race([dumped, diesEarly])

  const manifest = JSON.parse(readFileSync(join(dir, id, 'manifest.json'), 'utf8')) as Manifest
  expect(manifest.artifacts.filter(({ state }) => state !== 'complete')).toEqual([])
  // `frames` are of a blocked event loop; `frames.test.ts` looks into those.
  const kinds = captureKinds.filter(kind => kind !== 'frames')
  expect(new Set(manifest.artifacts.map(({ kind }) => kind))).toEqual(new Set(kinds))
  const snapshot = manifest.artifacts.find(({ kind }) => kind === 'heap-snapshot')
  expect(snapshot?.redacted).toBe(true)

  const evidence = (file: string, dump = id) => {
    const stored = join(dir, dump, file)
    return (existsSync(stored) ? readFileSync(stored) : gunzipSync(readFileSync(`${stored}.gz`))).toString()
  }
  // What is to have no secrets in it was there to be seen.
  // The snapshots may have taken all of the time of the profile that began with the dump.
  const profiles = evidence('cpu.cpuprofile') + evidence('cpu-before.cpuprofile')
  for (const name of ['burnInData', 'burnInEval', 'burnInModule']) expect(profiles).toContain(name)
  expect(evidence('requests.json')).toContain('"url": "/work/17/:token;sid=:token"')
  expect(evidence('requests.json')).toContain('db.example')
  expect(evidence('async-stacks.json')).toContain('waitInModule')
  expect(evidence('heap.heapsnapshot')).toContain('"sqlPassword"')
  // The snapshots may have taken all of the time of the trace, too.
  const traced = await ask('/trigger?wait=true', {
    method: 'POST',
    body: JSON.stringify({ capture: ['trace'], duration: 500, reason: 'a trace without pauses' }),
    headers: { 'content-type': 'application/json' },
  })
  const [traceId] = /\d\w+-\d+-manual/.exec(traced) ?? []
  expect(evidence('trace.json', traceId)).toContain('http.server.request')
  // From here on it would only take the time of what is asked.
  isBurning = false
  expect(evidence('report.json')).toContain('--db-password')
  expect(evidence('report.json')).toContain('--smtp-pass')
  expect(evidence('trace.json', traceId)).toContain('shop --password=[redacted]')
  expect(evidence('requests.json')).toContain('"/:token/hook"')
  expect(evidence('requests.json')).toContain('/services/T0/:token')
  await ask('/login', {
    method: 'POST',
    body: JSON.stringify({ token: secrets.adminToken }),
    headers: { 'content-type': 'application/json' },
  })
  await fetch(`${admin}/status`, { headers: { authorization: `Bearer ${secrets.wrongToken}` } })
  await fetch(`${admin}/login`, {
    method: 'POST',
    body: JSON.stringify({ token: secrets.wrongToken, more: secrets.wrongToken }),
    headers: { 'content-type': 'application/json' },
  })
  await ask('/thresholds', {
    method: 'PATCH',
    body: '{"cpu":{"watermark":99}}',
    headers: { 'content-type': 'application/json' },
  })
  for (const { method, path } of routes) {
    if (method !== 'GET' || path === '/stream') continue
    const paths = path.includes(':file')
      ? manifest.artifacts.map(({ file }) => `/dumps/${id}/${file}`)
      : [path.replace(':id', id)]
    for (const one of paths) await ask(one === '/' ? '' : one)
  }
  const stream = await fetch(`${admin}/stream`, { headers: bearer })
  const reader = (stream.body as ReadableStream<Uint8Array>).getReader()
  answers['GET /stream'] = planted(Buffer.from((await reader.read()).value ?? []))
  await reader.cancel()
  await eventually('the webhook has failed', async () => /"lastError":\{/.test(await ask('/status')))

  await fetch(`${app.base}/die`, { signal: AbortSignal.timeout(5000) }).catch(() => {})
  await app.exit
  abort.abort()
  const again = await start(dir, webhook)
  const crash = await eventually('a dump of the crash', () => readdirSync(dir).find(name => /^\d.*crash$/.test(name)))
  expect(readFileSync(join(dir, crash, 'manifest.json'), 'utf8')).toContain('login failed at')

  // Files come and go while somebody writes.
  again.child.kill('SIGKILL')
  await again.exit
  expect(Object.entries(answers).filter(([, found]) => found.length > 0)).toEqual([])
  expect(leaksOnDisk(dir)).toEqual({})
  expect(planted(JSON.stringify(app.events) + JSON.stringify(again.events))).toEqual([])
  // Node itself writes the error that kills it; what comes from us begins with our name.
  const ours = `${app.output()}${again.output()}`.split('\n').filter(line => line.includes('autodump'))
  expect(ours.length).toBeGreaterThan(3)
  expect(ours.filter(line => planted(line).length > 0)).toEqual([])
})
