// Runs the programs of this folder until each has made its first dump, and keeps what the analysis got.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { programs } from './programs.mjs'

const monitorThread = fileURLToPath(new URL('../scenarios/recording-thread.mjs', import.meta.url))

/** Milliseconds of ordinary traffic before it goes wrong, and for the dump. */
const [warm, patience] = [12_000, 120_000]

const quiet = () => {}
const ask = url => fetch(url).then(response => response.text().catch(quiet), quiet)

/** The manifest of the oldest complete dump, unless the machine itself was what was wrong. */
function firstDump(dir) {
  return readdirSync(dir)
    .filter(name => !name.startsWith('.') && existsSync(join(dir, name, 'manifest.json')))
    .sort()
    .map(name => JSON.parse(readFileSync(join(dir, name, 'manifest.json'), 'utf8')))
    .find(({ summary }) => !summary.findings.some(({ kind }) => kind === 'starved'))
}

async function untilDumped(dir) {
  for (const end = Date.now() + patience; Date.now() < end; await pause(200)) {
    const manifest = firstDump(dir)
    if (manifest) return manifest
  }
  throw new Error('it made no dump')
}

function start({ program, execArgv = [], options, openFiles }, dir, records) {
  const limited = openFiles && {
    execPath: '/bin/sh',
    execArgv: ['-c', `ulimit -n ${openFiles}; exec "$0" "$@"`, process.execPath],
  }
  const child = fork(fileURLToPath(new URL(`programs/${program}.mjs`, import.meta.url)), [], {
    execArgv,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      AUTODUMP_RECORD: records,
      AUTODUMP_TEST_OPTIONS: JSON.stringify({ dir, monitorThread, interval: 200, auth: false, ...options }),
    },
    ...limited,
  })
  return child
}

async function record(name, incident, root) {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-'))
  const records = join(root, name)
  mkdirSync(records, { recursive: true })
  let child = start(incident, dir, records)
  const timers = []
  try {
    const { port } = await new Promise((resolve, reject) => {
      child.once('message', resolve)
      child.once('exit', code => reject(new Error(`it exited with ${code}`)))
    })
    const base = `http://127.0.0.1:${port}`
    timers.push(setInterval(() => ask(`${base}/users/1`), 60))
    await pause(warm)
    if (incident.perSecond) timers.push(setInterval(() => ask(base + incident.ask), 1000 / incident.perSecond))
    else for (let time = 0; time < (incident.times ?? 1); time++) ask(base + incident.ask)
    if (incident.restarts) {
      await once(child, 'exit')
      child = start(incident, dir, records)
    }
    const { summary } = await untilDumped(dir)
    const file = readdirSync(records).find(
      file => JSON.parse(readFileSync(join(records, file), 'utf8')).text === summary.text,
    )
    console.log(`${name}: ${summary.headline}\n  ${summary.text}`)
    if (file) copyFileSync(join(records, file), join(root, `${name}.json`))
    else console.log(`${name}: no record of it`)
  } catch (error) {
    console.log(`${name}: ${error.message}`)
  } finally {
    timers.forEach(clearInterval)
    child.kill('SIGKILL')
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** @param names parts of the names of the programs; without one, all of them */
export async function recordPrograms(root, names) {
  for (const [name, incident] of Object.entries(programs))
    if (names.length === 0 || names.some(part => name.includes(part))) await record(name, incident, root)
}
