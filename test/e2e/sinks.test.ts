import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Manifest, SinkStatus, Status } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { eventually, noRules, type RunningServer, startServer, temporaryDirectory } from '../support.js'

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))

const example = fileURLToPath(new URL('../../examples/sink/copy-to-folder.js', import.meta.url))

/** Writes a sink's module. `note(line)` in it appends to `<dir>/notes`. */
function sinkOf(code: string, dir = temporaryDirectory(), name = 'sink.mjs') {
  const module = join(dir, name)
  const notes = join(dir, 'notes')
  writeFileSync(
    module,
    `import { appendFileSync } from 'node:fs'
const note = line => appendFileSync(${JSON.stringify(notes)}, line + '\\n')
${code}`,
  )
  const lines = () => (existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : [])
  return { dir, module, lines }
}

async function dumpByHand(server: RunningServer): Promise<Manifest> {
  const response = await server.admin('/trigger?wait=true', {
    method: 'POST',
    body: JSON.stringify({ capture: ['requests'] }),
  })
  expect(response.status).toBe(201)
  return response.json() as Promise<Manifest>
}

const sinkStatus = async (server: RunningServer, index = 0) => (await server.status()).sinks[index] as SinkStatus

const until = (server: RunningServer, what: string, is: (sink: SinkStatus) => unknown, index = 0) =>
  eventually(what, async () => {
    const sink = await sinkStatus(server, index)
    return is(sink) ? sink : false
  })

const queueIn = (dir: string) => readdirSync(dir).filter(name => name.startsWith('.sinks-'))

const times = (text: string, part: string) => text.split(part).length - 1

describe('a sink', () => {
  it('gets each dump whole: the example copies them to a folder', async () => {
    const folder = temporaryDirectory()
    const server = await startServer({ thresholds: noRules, sinks: [{ module: example, options: { folder } }] })
    const dumps = [await dumpByHand(server), await dumpByHand(server)]
    const sink = await until(server, 'both delivered', ({ delivered }) => delivered === 2)
    expect(sink).toMatchObject({ module: example, state: 'ready', pending: 0, failed: 0, dropped: 0, lastError: null })
    expect(Date.parse(sink.lastSuccess ?? '')).toBeGreaterThan(0)
    for (const { id, artifacts } of dumps) {
      const copy = JSON.parse(readFileSync(join(folder, id, 'manifest.json'), 'utf8'))
      expect(copy).toMatchObject({ id, artifacts })
      const [{ file, bytes } = { file: '', bytes: 0 }] = artifacts
      const content = readFileSync(join(folder, id, file))
      expect(content.length).toBe(bytes)
      expect(content).toEqual(Buffer.from(await (await server.admin(`/dumps/${id}/${file}`)).arrayBuffer()))
    }
    await eventually('nothing is queued', () => queueIn(server.dir).length === 0)
    expect(server.output()).toContain(`copied ${dumps[0]?.id}`)
  })

  it('works while the app is blocked', async () => {
    const { module, lines } = sinkOf('export default () => ({ dump: ({ manifest }) => note(manifest.trigger.metric) })')
    const server = await startServer({
      interval: 100,
      cpuProfile: { blockedDuration: 200 },
      sinks: [{ module }],
    })
    await server.warm()
    let free = false
    const blocked = fetch(`${server.base}/block?ms=6000`).then(() => {
      free = true
    })
    await eventually('the dump is delivered', () => lines()[0])
    expect(free).toBe(false)
    await blocked
  })

  it('gets windows and samples, and no dumps, if it asks for those', async () => {
    const { module, lines } = sinkOf(`export default ({ mark }, { pid, labels }) => ({
      sample: sample => note(['sample', typeof sample.values.cpu, mark, pid, labels.service].join()),
      window(window) {
        const { nodes, samples } = window.profile()
        note(['window', nodes.length > 0 && samples.length > 0, Math.abs(Date.now() - window.startedAt - window.duration) < 60000].join())
      },
    })`)
    const server = await startServer({
      interval: 100,
      thresholds: noRules,
      recorder: { window: 200 },
      labels: { service: 'shop' },
      sinks: [{ module, options: { mark: 'm' } }],
    })
    await dumpByHand(server)
    await eventually('a window', () => lines().includes('window,true,true'))
    await eventually('a sample', () => lines().includes(`sample,number,m,${server.child.pid},shop`))
    await until(server, 'no dump waits', ({ pending }) => pending === 0)
    expect((await sinkStatus(server)).failed).toBe(0)
  })

  it('can open what the manifest has, and nothing else', async () => {
    const { module, lines } = sinkOf(`export default () => ({
      async dump({ manifest, open }) {
        const tried = ['../../etc/passwd', 'manifest.json', '/etc/passwd', 'requests.json/../manifest.json', undefined]
        for (const file of tried) await open(file).then(() => note('opened ' + file), error => note(error.code))
        const stored = await open(manifest.artifacts[0].file, { stored: true })
        let bytes = 0
        for await (const chunk of stored) bytes += chunk.length
        note(bytes === manifest.artifacts[0].storedBytes)
        note('end')
      },
    })`)
    const server = await startServer({ thresholds: noRules, sinks: [{ module }] })
    await dumpByHand(server)
    await eventually('the end', () => lines().includes('end'))
    expect(lines()).toEqual([...Array(5).fill('NOT_FOUND'), 'true', 'end'])
  })

  it('is found by the name of a package, also of one that can only be imported', async () => {
    const app = temporaryDirectory()
    const packages = { 'sink-a': { exports: { import: './sink.mjs' } }, '@acme/sink-b': { main: './sink.cjs' } }
    for (const [name, more] of Object.entries(packages)) {
      const dir = join(app, 'node_modules', name)
      mkdirSync(dir, { recursive: true })
      writeFileSync(join(dir, 'package.json'), JSON.stringify({ name, ...more }))
      writeFileSync(join(dir, 'sink.mjs'), 'export default () => ({ dump() {} })')
      writeFileSync(join(dir, 'sink.cjs'), 'exports.default = () => ({ dump() {} }); exports.__esModule = true')
    }
    writeFileSync(join(app, 'relative.mjs'), 'export default () => ({ dump() {} })')
    const names = [...Object.keys(packages), './relative.mjs']
    // The working directory is another one.
    const script = join(app, 'app.mjs')
    writeFileSync(script, `await import(${JSON.stringify(new URL('../fixtures/shop.mjs', import.meta.url).href)})`)
    const server = await startServer(
      { thresholds: noRules, sinks: names.map(module => ({ module })) },
      { fixture: relative(fixtures, script) },
    )
    await dumpByHand(server)
    for (const [index, name] of names.entries())
      expect(await until(server, name, ({ delivered }) => delivered === 1, index)).toMatchObject({ state: 'ready' })
  })
})

describe('a sink that is at fault', () => {
  const good = () => sinkOf('export default () => ({ dump: ({ manifest }) => note(manifest.id) })')

  it('is tried again when it throws, told once, and holds up nobody', async () => {
    const beside = good()
    const bad = sinkOf(`let calls = 0
export default () => ({
  dump({ manifest }) {
    note(++calls)
    throw new Error('no room for ' + manifest.id + ' at call ' + calls)
  },
  sample() { throw null },
})`)
    const server = await startServer({
      interval: 100,
      thresholds: noRules,
      sinks: [{ module: bad.module }, { module: beside.module }],
    })
    const { id } = await dumpByHand(server)
    await eventually('delivered to the other', () => beside.lines().includes(id))
    await eventually('another attempt', () => bad.lines().includes('2'))
    const sink = await until(server, 'that it failed', ({ failed }) => failed > 2)
    expect(sink).toMatchObject({ state: 'ready', pending: 1, delivered: 0 })
    expect(sink.lastError).not.toBeNull()
    expect(times(server.output(), 'no room for')).toBe(1)
    expect((await server.status()).errors.filter(({ what }) => what.includes(bad.module))).toHaveLength(2)
    await dumpByHand(server)
  })

  it('is given up when it hangs, called again a few times, and delays no dump and no stop', async () => {
    const beside = good()
    const bad = sinkOf(`setInterval(() => {}, 1000)
export default () => ({
  dump: (dump, signal) => new Promise(() => { note('called'); signal.onabort = () => note('aborted') }),
  close: () => new Promise(() => {}),
})`)
    const server = await startServer({
      thresholds: noRules,
      sinks: [{ module: bad.module, timeout: 1000 }, { module: beside.module }],
    })
    const { id } = await dumpByHand(server)
    await eventually('delivered to the other', () => beside.lines().includes(id))
    const sink = await until(server, 'hanging', ({ state }) => state === 'hanging')
    expect(sink).toMatchObject({ pending: 1, delivered: 0, failed: 3 })
    await eventually('the last call is noted', () => bad.lines().length >= 6)
    expect(bad.lines()).toEqual(Array(3).fill(['called', 'aborted']).flat())
    expect(times(server.output(), 'did not end within 1000 ms')).toBe(1)
    expect((await dumpByHand(server)).state).toBe('complete')
    server.child.send('close')
    expect(await server.exit).toMatchObject({ code: 0 })
    expect(server.output()).not.toContain('autodump: stop')
  })

  it.each([
    ['a syntax error', 'export default () => {', /Unexpected end of input/],
    ['no default export', 'export const x = 1', /its default export is not a function/],
    ['a function that returns nothing', 'export default () => {}', /did not return an object/],
    ['a function that throws', 'export default () => { throw new Error("no such bucket") }', /no such bucket/],
    ['an import of what is not there', 'import "not-there"', /not-there/],
  ])('is not loaded with %s, and what it did not get it gets after a restart', async (_, code, message) => {
    const beside = good()
    const bad = sinkOf(code)
    const options = { thresholds: noRules, sinks: [{ module: bad.module }, { module: beside.module }] }
    const server = await startServer(options)
    const { id } = await dumpByHand(server)
    await eventually('delivered to the other', () => beside.lines().includes(id))
    const sink = await until(server, 'failed', ({ state, pending }) => state === 'failed' && pending === 1)
    expect(sink.lastError?.message).toMatch(message)
    expect(sink.delivered).toBe(0)
    server.child.kill('SIGKILL')
    await server.exit
    expect(queueIn(server.dir)).toHaveLength(1)

    sinkOf('export default () => ({ dump: ({ manifest }) => note(manifest.id) })', bad.dir)
    const next = await startServer({ ...options, dir: server.dir })
    await eventually('delivered', () => bad.lines().includes(id))
    await until(next, 'nothing waits', ({ pending }) => pending === 0)
    await eventually('nothing is queued', () => queueIn(server.dir).length === 0)
    // Nothing was wrong when the first process ended, so that is no dump.
    for (const { lines } of [bad, beside]) expect(lines()).toEqual([id])
  })

  it('does not take the monitor thread with it when it fails outside of a call', async () => {
    const bad = sinkOf(`import { EventEmitter } from 'node:events'
export default () => ({
  dump() {
    setTimeout(() => { throw new Error('thrown later') }, 10)
    Promise.reject(new Error('nobody handles'))
    setTimeout(() => new EventEmitter().emit('error', new Error('nobody listens')), 20)
  },
})`)
    const server = await startServer({ thresholds: noRules, sinks: [{ module: bad.module }] })
    await dumpByHand(server)
    await until(server, 'all three', ({ failed }) => failed === 3)
    const { thread, state } = (await server.status()) as Status
    expect([state, thread.restarts]).toEqual(['running', 0])
    await dumpByHand(server)
  })

  it('delivers what was queued when the process stopped before it was done', async () => {
    const { module, dir, lines } = sinkOf('export default () => ({ dump: () => new Promise(() => {}) })')
    const options = { thresholds: noRules, sinks: [{ module }] }
    const server = await startServer(options)
    const { id } = await dumpByHand(server)
    server.child.send('close')
    await server.exit
    sinkOf('export default () => ({ dump: ({ manifest }) => note(manifest.id) })', dir)
    await startServer({ ...options, dir: server.dir })
    await eventually('delivered', () => lines().includes(id))
  })
})
