/**
 * What it costs the app thread to count its requests in flight, with real connections to a server of node:http.
 *
 *   npm run build && node bench/sizes/connections.js [--against MODULE] [--json]
 *
 * `--against`: the module of another build that counts them (`…/in-flight/in-flight.js`), in the same process.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const { values: given } = parseArgs({
  options: { against: { type: 'string' }, json: { type: 'boolean' }, client: { type: 'boolean' } },
})
const own = fileURLToPath(new URL('../../packages/core/dist/app/mid-block/in-flight/in-flight.js', import.meta.url))
const pause = ms => new Promise(done => setTimeout(done, ms))
const median = list => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]

const heads = {
  waits: 'GET /waits HTTP/1.1\r\nHost: a\r\n\r\n',
  idle: 'GET /idle HTTP/1.1\r\nHost: a\r\n\r\n',
  upgrade: 'GET /up HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
}

const cases = [
  { waits: 1000 },
  { waits: 10_000 },
  { idle: 10_000 },
  { upgrade: 10_000 },
  { waits: 1000, idle: 4500, upgrade: 4500 },
]

if (given.client) {
  process.on('message', async ({ port, counts }) => {
    const sockets = []
    for (const [kind, count] of Object.entries(counts))
      for (let index = 0; index < count; index++) {
        const socket = connect(port, '127.0.0.1').on('error', () => {})
        await once(socket, 'connect')
        socket.write(heads[kind])
        socket.resume()
        sockets.push(socket)
      }
    process.send('done')
  })
} else {
  const rows = []
  for (const counts of cases) rows.push(await measure(counts))
  if (given.json) console.log(JSON.stringify(rows))
  else console.table(rows)
}

async function measure(counts) {
  const builds = [['now', own], ...(given.against ? [['against', resolve(given.against)]] : [])]
  const counters = await Promise.all(
    builds.map(async ([name, file]) => {
      const { createInFlight } = await import(pathToFileURL(file).href)
      const inFlight = createInFlight({ onError: console.error })
      inFlight.start()
      return { name, inFlight, taken: [] }
    }),
  )
  const server = createServer({ keepAliveTimeout: 600_000, requestTimeout: 0 }, (req, res) => {
    if (req.url !== '/waits') res.end('ok')
  })
  server.on('upgrade', (_, socket) => socket.on('error', () => {}))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A route that was answered at once: else each scan asks whether its requests are long polls.
  for (let count = 0; count < 10; count++)
    await (await fetch(`http://127.0.0.1:${server.address().port}/waits?at-once`)).text()
  const client = fork(fileURLToPath(import.meta.url), ['--client'])
  client.send({ port: server.address().port, counts })
  await once(client, 'message')
  // The server reads at its own pace.
  while (counters.some(({ inFlight }) => inFlight.scan() !== (counts.waits ?? 0))) await pause(100)
  await pause(500)
  // Each as often as an app that samples once a second does it in half a minute: more would be compiled better.
  for (let round = 0; round < 30; round++) {
    // Whoever counts first finds the connections cold.
    for (const { inFlight, taken } of round % 2 === 0 ? counters : counters.toReversed()) {
      const before = performance.now()
      const found = inFlight.scan()
      taken.push(1000 * (performance.now() - before))
      if (found !== (counts.waits ?? 0)) throw new Error(`${found} instead of ${counts.waits} are in flight`)
    }
    await pause(20)
  }
  client.kill()
  await once(client, 'exit')
  server.closeAllConnections()
  server.close()
  for (const { inFlight } of counters) inFlight.stop()
  const named = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`)
  const figures = counters.flatMap(({ name, taken }) => {
    const [cold, warm] = [0, 1].map(which => taken.slice(4).filter((_, round) => round % 2 === which))
    const [first, second] = name === 'now' ? [cold, warm] : [warm, cold]
    return [
      [`${name}, µs, cold`, Math.round(median(first))],
      [`${name}, µs`, Math.round(median(second))],
    ]
  })
  return { connections: named.join(', '), ...Object.fromEntries(figures) }
}
