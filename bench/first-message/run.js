// Does the first message name the culprit? Ten ordinary failures, each in a process of its own with the defaults and a
// webhook; of each run the first message counts, whatever comes later.
// node bench/first-message/run.js [--runs 1] [--only sort,regexp] [--warm 25] [--seconds 90] [--burn 0] [--at-once 1]
// `--burn 2` keeps as many other processes busy: the loaded machine. `--at-once 2` runs as many faults side by side: half
// of the time, and each has the other as a neighbour.
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { faults } from './faults.js'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1' },
    only: { type: 'string' },
    warm: { type: 'string', default: '25' },
    seconds: { type: 'string', default: '90' },
    burn: { type: 'string', default: '0' },
    'at-once': { type: 'string', default: '1' },
  },
})
const wanted = values.only?.split(',')
const chosen = faults.filter(({ name }) => !wanted || wanted.includes(name))

const listen = async handler => {
  const server = createServer(handler).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, url: `http://127.0.0.1:${server.address().port}` }
}

/** Answers after 400 ms: what N+1 waits for. */
const upstream = await listen((_, response) => setTimeout(() => response.end('{}'), 400))

/** The first message of one run; `null` if none came. */
async function firstMessage({ name, route, rate, together }) {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-first-'))
  let told
  const message = new Promise(resolve => {
    told = resolve
  })
  const webhook = await listen(async (request, response) => {
    told(await json(request))
    response.end()
  })
  const server = fork(fileURLToPath(new URL('./server.js', import.meta.url)), {
    env: { ...process.env, FAULT: name, DIR: dir, WEBHOOK: webhook.url, UPSTREAM: upstream.url },
  })
  const over = new AbortController()
  const get = path => fetch(`http://127.0.0.1:${port}${path}`, { signal: over.signal }).catch(() => {})
  const [port] = await once(server, 'message')
  const every = (path, ms) => setInterval(get, ms, path)
  const timers = [every('/ok', 50)]
  try {
    await Promise.race([message, pause(1000 * values.warm)])
    for (let count = 0; count < (together ?? 1); count++) get(route)
    timers.push(every(route, together ? 5000 : 1000 / rate))
    return await Promise.race([message, pause(1000 * values.seconds, null)])
  } finally {
    for (const timer of timers) clearInterval(timer)
    over.abort()
    server.kill('SIGKILL')
    await once(server, 'exit')
    webhook.server.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

const wordsOf = text => text.split(/\s+/).filter(Boolean).length

const burners = Array.from({ length: Number(values.burn) }, () => spawn(process.execPath, ['-e', 'for (;;);']))
const results = []
try {
  const queue = Array.from({ length: Number(values.runs) }, () => chosen).flat()
  const work = async () => {
    for (let fault = queue.shift(); fault; fault = queue.shift()) {
      const message = await firstMessage(fault)
      const headline = message?.headline ?? ''
      const isRight = fault.culprit.test(headline)
      results.push({ isRight, words: wordsOf(headline) })
      console.log(`${isRight ? 'right' : 'wrong'}  ${fault.name.padEnd(13)} ${headline || '(no message)'}`)
    }
  }
  await Promise.all(Array.from({ length: Number(values['at-once']) }, work))
} finally {
  for (const burner of burners) burner.kill('SIGKILL')
  upstream.server.close()
}
const right = results.filter(({ isRight }) => isRight).length
const words = results.map(one => one.words).sort((a, b) => a - b)
console.log(
  `\nright culprit in the first message: ${right} of ${results.length}; words, median: ${words[Math.floor(words.length / 2)]}; load average ${loadavg()[0].toFixed(1)}`,
)
