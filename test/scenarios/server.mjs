// A small server in which each scenario of the suite can go wrong, in a function with a telling name.
import { execFileSync, spawn } from 'node:child_process'
import { pbkdf2, pbkdf2Sync } from 'node:crypto'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import autodump from '@autodump/fastify'
import Fastify from 'fastify'
import { bundledIn, recountPrices } from './compiled.mjs'

const options = JSON.parse(process.env.AUTODUMP_TEST_OPTIONS)
const app = Fastify()
await app.register(autodump, options)

/** A library that has its time in many small functions. */
const { Parser } = createRequire(import.meta.resolve('webpack'))('acorn')
const catalogueSource = readFileSync(import.meta.filename, 'utf8')

const thumbnail = bundledIn(options.dir)

const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

/** What every request does when nothing is wrong: a little of everything. */
async function ordinaryWork() {
  const rows = Array.from({ length: 50 }, (_, id) => ({ id, name: `row ${id}` }))
  await pause(5)
  return JSON.parse(JSON.stringify(rows)).length
}

// 1
function computeRareReport(ms) {
  const end = Date.now() + ms
  let sum = 0
  while (Date.now() < end) for (let i = 0; i < 1e4; i++) sum += Math.sqrt(i)
  return sum
}
app.get('/report', async () => ({ sum: computeRareReport(2000) }))

// 2
function neverReturns() {
  for (let turns = 0; ; turns++) if (turns === -1) return turns
}
app.get('/forever', async () => ({ turns: neverReturns() }))

// 3
const visits = new Map()
function rememberVisit(bytes) {
  const items = Array.from({ length: bytes / 100 }, (_, index) => ({ index, at: `visit ${visits.size} ${index}` }))
  visits.set(visits.size, items)
}
app.get('/visit', async () => {
  rememberVisit(100_000)
  return ordinaryWork()
})

// 4
let catalogue
function loadWholeCatalogue() {
  catalogue = Array.from({ length: 11_000_000 }, (_, id) => ({ id, price: id * 1.5, tags: [id] }))
  return catalogue.length
}
app.get('/catalogue', async () => ({ items: loadWholeCatalogue() }))

// 5
function buildEndlessList() {
  const list = []
  for (;;) list.push({ item: list.length, note: `note ${list.length}` })
}
app.get('/explode', async () => ({ list: buildEndlessList() }))

// 6
let owner
const waiters = []
function acquireStockLock() {
  if (!owner) {
    owner = true
    return undefined
  }
  return new Promise(resolve => waiters.push(resolve))
}
async function reserveStock() {
  await acquireStockLock()
  return ordinaryWork() // And never releases it.
}
app.get('/reserve/:item', async () => ({ rows: await reserveStock() }))

// 7
const upstream = createServer((_request, response) => {
  if (process.env.UPSTREAM === 'healthy') response.end('{}')
}).listen(0, '127.0.0.1')
await new Promise(resolve => upstream.once('listening', resolve))
app.get('/orders/:id', async ({ params }) => {
  const response = await fetch(`http://127.0.0.1:${upstream.address().port}/stock/${params.id}`)
  return response.json()
})
app.get('/upstream', async () => ({ port: upstream.address().port }))

// 8
app.get('/events', (_request, reply) => {
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream' })
  reply.raw.write(': never ends\n\n')
  return reply.hijack()
})

// 9
async function chargeCreditCard() {
  await pause(30_000)
  return { charged: true }
}
app.get('/checkout/:cart', chargeCreditCard)

// 10
let hoard = []
function hoardNearTheLimit(bytes) {
  hoard = []
  for (let index = 0; index < bytes / 70; index++) hoard.push({ index, next: null })
  return hoard.length
}
function churnTemporaries(ms) {
  const end = Date.now() + ms
  let kept = []
  while (Date.now() < end)
    kept = Array.from({ length: 20_000 }, (_, index) => ({ index, kept: kept.length, text: `${index}` }))
  return kept.length
}
app.get('/hoard', async () => ({ items: hoardNearTheLimit(Number(process.env.HOARD_BYTES)) }))
app.get('/churn', async () => ({ kept: churnTemporaries(100) }))

// 11
function hashPasswordSlowly() {
  return pbkdf2Sync('password', 'salt', 6_000_000, 64, 'sha512').toString('hex')
}
app.get('/login', async () => ({ hash: hashPasswordSlowly() }))

// 12
const derive = promisify(pbkdf2)
async function signToken() {
  return (await derive('key', 'salt', 600_000, 64, 'sha512')).toString('hex')
}
app.get('/token', async () => ({ token: await signToken() }))

// 15
let clients = Number(process.env.POOL_CLIENTS ?? 1)
const withoutClient = []
function acquireClient() {
  if (clients > 0) {
    clients -= 1
    return undefined
  }
  return new Promise(resolve => withoutClient.push(resolve))
}
async function loadInvoice() {
  await acquireClient()
  const rows = await ordinaryWork()
  // Given back only where somebody thought of it.
  if (process.env.POOL_CLIENTS) clients += 1
  return rows
}
app.get('/invoices/:id', async () => ({ rows: await loadInvoice() }))

// 16
const reports = []
function openReport() {
  reports.push(openSync(import.meta.filename, 'r')) // And never closes it.
  if (process.env.CLOSE_REPORTS) closeSync(reports.pop())
}
app.get('/reports/:id', async () => {
  openReport()
  return ordinaryWork()
})

// 17
function renderPdf(megabytes) {
  const script = `
    const pages = []
    const timer = setInterval(() => {
      pages.push(Buffer.alloc(4 * 1024 ** 2, 1))
      if (pages.length * 4 >= ${megabytes}) clearInterval(timer)
    }, 50)
    process.on('disconnect', () => process.exit())
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  return child.pid
}
app.get('/pdf/:megabytes', async ({ params }) => ({ child: renderPdf(Number(params.megabytes)) }))

// 19
function renderCatalogue(ms) {
  const end = Date.now() + ms
  let length = 0
  while (Date.now() < end)
    length += Parser.parse(catalogueSource, { ecmaVersion: 'latest', sourceType: 'module' }).body.length
  return length
}
app.get('/render', async () => ({ length: renderCatalogue(2000) }))

// 20
const isStockReady = false
function pollUntilReady(done) {
  if (isStockReady || done()) return
  setImmediate(pollUntilReady, done)
}
app.get('/poll', async () => {
  pollUntilReady(() => false)
  return { polls: true }
})

// 21
function convertDocument(seconds) {
  return execFileSync('sleep', [seconds]).length
}
app.get('/convert', async () => ({ bytes: convertDocument('4') }))

// 22
app.get('/prices', async () => ({ sum: recountPrices(2000) }))

// 23
app.get('/thumbnail', async () => ({ sum: thumbnail(2000) }))

app.get('/', ordinaryWork)
app.get('/users/:id', ordinaryWork)

await app.listen({ port: 0, host: '127.0.0.1' })
process.send({ port: app.server.address().port })
process.on('message', async message => {
  if (message !== 'close') return
  // Again and again: for requests that were aborted undici connects anew, says nothing, and is waited for for a minute.
  const disconnecting = setInterval(() => app.server.closeAllConnections(), 50)
  await app.close()
  clearInterval(disconnecting)
  process.exit(0)
})
