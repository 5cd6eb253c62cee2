// Ten ways to break a service, each in a function with a telling name. `does` and `expect` are what the page says.
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const seconds = ms => performance.now() + ms

function sortReport() {
  const end = seconds(4000)
  let rows = 0
  while (performance.now() < end) rows += Array.from({ length: 1e4 }, (_, i) => (i * 7919) % 10_007).sort().length
  return rows
}

/** Twenty functions that take a little each. */
const steps = Array.from({ length: 20 }, (_, index) => {
  const name = `renderPart${index}`
  return {
    [name](order) {
      let sum = 0
      for (let i = 0; i < 4000; i++) sum += Math.sqrt(order * i + index)
      return sum
    },
  }[name]
})

function renderOrders(order) {
  return steps.reduce((sum, step) => sum + step(order), 0)
}

async function renderForAWhile() {
  const end = seconds(8000)
  for (let order = 0; performance.now() < end; order++) {
    for (let i = 0; i < 50; i++) renderOrders(order + i)
    await turn()
  }
}

const sessions = new Map()

function rememberSession() {
  sessions.set(
    sessions.size,
    Array.from({ length: 10_000 }, (_, i) => ({ item: i, of: sessions.size })),
  )
}

async function leakForAWhile() {
  const end = seconds(60_000)
  while (performance.now() < end && process.memoryUsage().heapUsed < 330 * 1024 ** 2) {
    rememberSession()
    await pause(150)
  }
  await pause(15_000)
  sessions.clear() // So that the next button finds a healthy service.
}

function validateAddress() {
  const began = performance.now()
  // Each character doubles the time, so that it lasts as long on every machine.
  for (let length = 20; performance.now() - began < 2500; length++) /^(\w+\s?)+\d+$/.test(`${'a'.repeat(length)}!`)
}

function loadTemplatesSync() {
  const end = seconds(3000)
  let bytes = 0
  while (performance.now() < end) bytes += readFileSync(fileURLToPath(import.meta.url)).length
  return bytes
}

function parseFeed() {
  return JSON.parse(JSON.stringify(Array.from({ length: 20_000 }, (_, i) => ({ i, text: `entry ${i}` }))))
}

async function parseFeeds() {
  const end = seconds(10_000)
  const recent = []
  while (performance.now() < end) {
    recent.push(parseFeed())
    if (recent.length > 12) recent.shift()
    await turn()
  }
}

function openReport() {
  return openSync(fileURLToPath(import.meta.url))
}

/** The limit of descriptors is 1024 here, see `demo.js`. */
async function openReports() {
  const open = []
  for (let count = 0; count < 900; count++) {
    open.push(openReport())
    if (count % 30 === 0) await pause(50)
  }
  await pause(20_000)
  for (const descriptor of open) closeSync(descriptor)
}

function chargeInvoice() {
  throw new Error('the ledger refused invoice 17')
}

/** @type {{ id: string, title: string, does: string, expect: string, run(own: string): unknown }[]} */
export const faults = [
  {
    id: 'block',
    title: 'Block the event loop',
    does: 'One request sorts for four seconds. Nothing else is answered meanwhile.',
    expect: 'A dump within two seconds, while the loop still stands: sortReport.',
    run: sortReport,
  },
  {
    id: 'spread',
    title: 'Spread the CPU',
    does: 'Twenty small functions keep the CPU full for eight seconds, and none stands out.',
    expect: 'CPU: renderOrders, from which all of them are called.',
    run: renderForAWhile,
  },
  {
    id: 'leak',
    title: 'Leak memory',
    does: 'A Map grows by some MiB a second, for up to a minute.',
    expect: 'Leak or heap, after half a minute: rememberSession, and the Map sessions that holds it.',
    run: leakForAWhile,
  },
  {
    id: 'upstream',
    title: 'Hang an upstream',
    does: 'Eighty requests wait for a server that never answers, for half a minute.',
    expect: 'Requests in flight: the route /orders/:id, and the address that all of them wait for.',
    async run(own) {
      const hung = new AbortController()
      const all = Array.from({ length: 80 }, (_, id) => fetch(`${own}/orders/${id}`, { signal: hung.signal }))
      await pause(30_000)
      hung.abort()
      await Promise.allSettled(all)
    },
  },
  {
    id: 'regexp',
    title: 'Run away with a regular expression',
    does: 'A nested quantifier backtracks over a short text.',
    expect: 'The event loop stood still: validateAddress, in the regular expression.',
    run: validateAddress,
  },
  {
    id: 'sync-fs',
    title: 'Read files synchronously',
    does: 'readFileSync in a loop, for three seconds.',
    expect: 'The event loop stood still: loadTemplatesSync, in fs.readFileSync.',
    run: loadTemplatesSync,
  },
  {
    id: 'gc',
    title: 'Press the garbage collector',
    does: 'JSON is parsed and thrown away for ten seconds.',
    expect: 'CPU or garbage collection: parseFeed.',
    run: parseFeeds,
  },
  {
    id: 'streams',
    title: 'Storm of streams',
    does: 'Four hundred event streams open at once; each gets an event 50 times a second, for twenty seconds.',
    expect: 'CPU: pushPrices. The open streams themselves are no alarm.',
    async run(own) {
      const over = new AbortController()
      async function read() {
        const { body } = await fetch(`${own}/prices`, { signal: over.signal })
        for await (const _ of body);
      }
      // Both ends of a stream are in this process, which may have 1024 descriptors. A stream that fails is not the fault
      // that this button makes.
      const all = Array.from({ length: 400 }, () => read().catch(() => {}))
      await pause(20_000)
      over.abort()
      await Promise.allSettled(all)
    },
  },
  {
    id: 'descriptors',
    title: 'Leak file descriptors',
    does: 'Files are opened and never closed, up to 900 of the 1024 that the process may have.',
    expect: 'Descriptors at 80% of the limit, and what most of them are.',
    run: openReports,
  },
  {
    id: 'crash',
    title: 'Crash',
    does: 'An exception that nobody catches ends the process; it is started again.',
    expect: 'A dump by the next process: chargeInvoice, with the message and the last samples.',
    run: () => void setTimeout(chargeInvoice, 50),
  },
]
