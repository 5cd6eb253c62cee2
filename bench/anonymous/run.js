// How much an app grows by anonymous clients that ask for much and read nothing, and how long others wait meanwhile.
// The last column is against a bare Node handler that never answers, asked for the same in the same run. `refusing` is a
// bare handler that answers each request with a short 401: what V8's young generation takes for any answers at all.
// Usage: node run.js [connections] [requests on each] [runs, of which the median is shown]
import { fork } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const connections = Number(process.argv[2] ?? 60)
const each = Number(process.argv[3] ?? 100)
const runs = Number(process.argv[4] ?? 3)
const folder = join(import.meta.dirname, '../../packages/core/dist/dashboard/speedscope')
const sizeOf = name => statSync(join(folder, name)).size
const [largest] = readdirSync(folder)
  .filter(name => !name.endsWith('.gz'))
  .sort((a, b) => sizeOf(b) - sizeOf(a))

const get = (path, headers = '') => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${headers}\r\n`
const below = '/debug/autodump'
const login = `POST ${below}/login HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`
const attacks = {
  'page file, plain': get(`${below}/speedscope/${largest}`, 'accept-encoding: identity\r\n').repeat(each),
  'page file, gzip': get(`${below}/speedscope/${largest}`, 'accept-encoding: gzip\r\n').repeat(each),
  'page, in a browser': get(below, 'accept: text/html\r\n').repeat(each),
  'no token': get(`${below}/status`).repeat(each),
  'a login, byte by byte': login + '1\r\na\r\n'.repeat(30_000),
}

const peakOf = pid => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
/** CPU time of a process, in ms: what others wait for where the machine does nothing else. */
function cpuOf(pid) {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13)
  return (Number(user) + Number(system)) * 10
}
const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

function ask(port, path, headers) {
  const began = performance.now()
  return new Promise(resolve => {
    const asked = request({ port, host: '127.0.0.1', path, headers, agent: false }, answer => {
      answer.resume().once('end', () => resolve({ ms: performance.now() - began, status: answer.statusCode }))
    })
    asked.once('error', error => resolve({ ms: performance.now() - began, status: error.code }))
    asked.end()
  })
}

async function attack(name, where) {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
  const child = fork(join(import.meta.dirname, 'server.js'), { env: { ...process.env, BENCH_DIR: dir } })
  const ports = await new Promise(resolve => child.once('message', resolve))
  const other = () =>
    where === 'admin'
      ? ask(ports.admin, `${below}/status`, { authorization: 'Bearer t0ken' })
      : ask(ports[where], '/', {})
  await other()
  await pause(2000)
  const before = peakOf(child.pid)
  const sockets = Array.from({ length: connections }, () => {
    const socket = connect(ports[where], '127.0.0.1')
      .on('error', () => {})
      .pause()
    socket.write(attacks[name])
    return socket
  })
  let worst = { ms: 0, cpu: 0, status: 200 }
  for (const end = performance.now() + 5000; performance.now() < end; await pause(50)) {
    const cpu = cpuOf(child.pid)
    const one = { ...(await other()), cpu: cpuOf(child.pid) - cpu }
    if (one.cpu > worst.cpu || one.status !== 200) worst = one
  }
  const grown = peakOf(child.pid) - before
  for (const socket of sockets) socket.destroy()
  child.kill('SIGKILL')
  await new Promise(resolve => child.once('exit', resolve))
  rmSync(dir, { recursive: true, force: true })
  return { grown, worst }
}

const middle = numbers => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

async function measure(name, where) {
  const all = []
  for (let run = 0; run < runs; run++) all.push(await attack(name, where))
  const statuses = [...new Set(all.map(({ worst }) => worst.status))]
  return {
    grown: middle(all.map(one => one.grown)),
    ms: middle(all.map(one => one.worst.ms)),
    cpu: middle(all.map(one => one.worst.cpu)),
    statuses,
  }
}

console.log(`${connections} connections, ${each} requests on each, nothing is read (Node ${process.version})`)
for (const name of Object.keys(attacks)) {
  const bare = await measure(name, 'bare')
  for (const where of ['bare', 'refusing', 'mounted', 'admin']) {
    const { grown, ms, cpu, statuses } = where === 'bare' ? bare : await measure(name, where)
    console.log(
      `${where.padEnd(8)} ${name.padEnd(22)} grown by ${grown.toFixed(0).padStart(4)} MiB, others waited ${ms.toFixed(0)} ms at most, ${cpu} ms of them CPU time of the process (${statuses}), ${(grown / bare.grown).toFixed(1)} times bare Node`,
    )
  }
}
