// Ten ordinary failures, each a route of a Fastify app. `culprit` is what a right first message names; `rate` is the
// requests a second of the fault, `at once` those that come together.
import { pbkdf2Sync } from 'node:crypto'
import { EventEmitter } from 'node:events'

function hashPassword() {
  return pbkdf2Sync('correct horse', 'salt', 3_000_000, 64, 'sha512').length
}

async function loadItem(id) {
  return (await fetch(`${process.env.UPSTREAM}/items/${id}`)).json()
}
async function listOrders() {
  const items = []
  for (let id = 0; id < 40; id++) items.push(await loadItem(id))
  return items.length
}

const cache = new Map()
function renderProduct() {
  cache.set(
    cache.size,
    Array.from({ length: 4000 }, (_, at) => ({ at, name: `product ${at}` })),
  )
  return cache.size
}

const pending = []
function track() {
  const events = Array.from({ length: 6000 }, (_, at) => ({ at }))
  pending.push(() => events.length)
  return pending.length
}

const bus = new EventEmitter().setMaxListeners(0)
function subscribe() {
  for (let count = 0; count < 20; count++) {
    const state = Array.from({ length: 300 }, (_, at) => `price ${at} of ${count}`)
    bus.on('price', () => state.length)
  }
  return bus.listenerCount('price')
}

class MailJob {
  constructor(at) {
    this.at = at
    this.lines = Array.from({ length: 3000 }, (_, line) => `line ${line} of ${at}`)
  }
}
const queue = []
function enqueueMail() {
  return queue.push(new MailJob(queue.length))
}

let orders
function exportAll() {
  orders ??= Array.from({ length: 1_500_000 }, (_, id) => ({ id, customer: `customer ${id % 1000}` }))
  return JSON.stringify(orders).length
}

function pollUntilReady(until) {
  if (performance.now() < until) setImmediate(pollUntilReady, until)
}

function topSellers() {
  const rows = Array.from({ length: 2_500_000 }, (_, at) => ({ sold: (at * 7919) % 1_000_003 }))
  return rows.sort((a, b) => b.sold - a.sold).length
}

function validateAddress() {
  const began = performance.now()
  for (let length = 20; performance.now() - began < 900; length++) /^(\w+\s?)+\d+$/.test(`${'a'.repeat(length)}!`)
  return true
}

export const faults = [
  { name: 'crypto', route: '/login', run: hashPassword, culprit: /hashPassword/, rate: 0.5 },
  { name: 'n+1', route: '/orders', run: listOrders, culprit: /loadItem|listOrders|127\.0\.0\.1/, together: 60 },
  { name: 'cache', route: '/products', run: renderProduct, culprit: /renderProduct|cache\b/, rate: 12 },
  { name: 'closures', route: '/track', run: track, culprit: /\btrack\b|pending/, rate: 20 },
  { name: 'listeners', route: '/live', run: subscribe, culprit: /subscribe|'price'|\bbus\b/, rate: 10 },
  { name: 'queue', route: '/signup', run: enqueueMail, culprit: /enqueueMail|MailJob|queue\b/, rate: 15 },
  { name: 'stringify', route: '/export', run: exportAll, culprit: /exportAll/, rate: 0.3 },
  {
    name: 'setImmediate',
    route: '/reload',
    run: () => pollUntilReady(performance.now() + 30_000),
    culprit: /pollUntilReady/,
    rate: 0.02,
  },
  { name: 'sort', route: '/top', run: topSellers, culprit: /topSellers/, rate: 0.4 },
  { name: 'regexp', route: '/address', run: validateAddress, culprit: /validateAddress/, rate: 0.7 },
]
