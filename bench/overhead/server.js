// A server whose app can be replaced under load: node server.js <workload> <contender>. Talks over IPC to whoever
// measures it: `on` and `off` put an app with or without the contender in place, everything answers with its figures.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { contenders } from './contenders.js'
import { workloads } from './workloads.js'

const [workload, contender] = process.argv.slice(2)
const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
let served = 0

async function build(name) {
  const app = Fastify()
  await contenders[name](app, dir)
  app.get('/', workloads[workload]())
  await app.ready()
  return app
}

let placed = 'off'
let current = await build('bare')
const server = createServer((req, res) => {
  served += 1
  current.routing(req, res)
})

/** Bare is replaced by bare too, or a fresh app would only ever be measured on the other side. */
async function place(state) {
  if (state === placed) return
  placed = state
  const before = current
  current = await build(state === 'on' ? contender : 'bare')
  await before.close()
}

/** CPU time of the main thread in microseconds, where the platform tells. */
function mainThread() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(' ', 1)[0]) / 1000
  } catch {
    return Number.NaN
  }
}

/** Memory of the process's own in MiB: RSS without the pages of files, such as Node's binary. */
function anonymous() {
  try {
    return Number(/RssAnon:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))[1]) / 1024
  } catch {
    return Number.NaN
  }
}

process.on('message', async message => {
  if (message === 'on' || message === 'off') await place(message)
  if (message === 'end') {
    await current.close()
    rmSync(dir, { recursive: true, force: true })
    process.exit(0)
  }
  if (message === 'collect') globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  const rss = process.memoryUsage.rss() / 1024 ** 2
  process.send({ served, cpu: user + system, main: mainThread(), rss, anonymous: anonymous() })
})
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
