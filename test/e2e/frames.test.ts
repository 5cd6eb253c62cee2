import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FramesEvidence, Manifest, Options, Status } from '@autodump/core'
import { askInstance, listInstances } from '@autodump/core/control'
import { describe, expect, it } from 'vitest'
import { eventually, manifestsIn, noRules, startServer, temporaryDirectory } from '../support.js'

interface Started {
  execArgv?: string[]
  options?: Omit<Options, 'logger' | 'metrics' | 'auth'>
}

/** A dump with the variables of the function that blocks the event loop, and whether the app answers after it. */
async function dumpWhile(kind: string, { execArgv = [], options = {} }: Started = {}) {
  const flag = join(temporaryDirectory(), 'over')
  const server = await startServer(
    // A busy machine makes everything take longer.
    { interval: 100, thresholds: noRules, frames: { maxPause: 20_000 }, ...options },
    { fixture: 'hands.mjs', execArgv, env: { AUTODUMP_TEST_FLAG: flag } },
  )
  const instance = await eventually('it is watched', async () => (await listInstances(server.dir))[0])
  const answer = fetch(`${server.base}/block/${kind}`).then(
    response => response.text(),
    () => null,
  )
  await eventually('it is blocked', async () => {
    const { blockedFor } = (await (await askInstance(instance, '/status')).json()) as Status
    return blockedFor > 300
  })
  const response = await askInstance(instance, '/trigger?wait=true', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ capture: ['frames'], duration: 5000 }),
    timeout: 120_000,
  })
  const manifest = (await response.json()) as Manifest
  const [artifact] = manifest.artifacts ?? []
  const file = artifact && (await askInstance(instance, `/dumps/${manifest.id}/frames.json`))
  const frames = file?.ok ? ((await file.json()) as FramesEvidence) : null
  const end = async () => {
    await writeFile(flag, '')
    return answer
  }
  return { server, manifest, artifact, frames, end }
}

/** What is known of each variable after all reads. */
function variablesOf({ reads }: FramesEvidence, name: string) {
  const frames = reads.flatMap(({ frames }) => frames.filter(frame => frame.name === name))
  const all = frames.flatMap(({ variables }) => variables)
  return Object.fromEntries(
    all.filter(({ kind }) => kind !== 'unknown' && kind !== 'undefined').map(({ name, ...rest }) => [name, rest]),
  )
}

const variables: [block: string, name: string, held: object][] = [
  [
    'loop',
    'matchHeader',
    {
      rows: { kind: 'object', class: 'Array', size: 120_000 },
      wanted: { kind: 'number', value: -1 },
      hits: { kind: 'number', value: 0 },
      apiKey: { kind: 'hidden' },
    },
  ],
  ['counter', 'drain', { queue: { kind: 'object', class: 'Array', size: 9 }, index: { kind: 'number', value: 3 } }],
  ['expression', 'checkName', { name: { kind: 'string', size: 41 } }],
  ['recursion', 'nest', { work: { kind: 'function' }, level: { kind: 'number' } }],
  ['async', 'waitFor', { cache: { kind: 'object', class: 'Map', size: 1 }, key: { kind: 'string', size: 1 } }],
  ['optimised', 'sumUp', { values: { kind: 'object', class: 'Float64Array', size: 50_000 } }],
]

describe('the variables of a function that blocks the event loop', () => {
  it.each(variables)('%s: are read, without content, and the app goes on', async (block, name, held) => {
    const { artifact, frames, manifest, end, server } = await dumpWhile(block)
    expect(artifact).toMatchObject({ file: 'frames.json', kind: 'frames', state: 'complete' })
    expect(frames?.why ?? 'nothing').toBe('nothing')
    expect(variablesOf(frames as FramesEvidence, name)).toMatchObject(held)
    expect(JSON.stringify(frames)).not.toMatch(/aaaa|987654321/)
    expect(artifact?.pauseMs).toBeGreaterThan(0)
    expect(manifest.summary.findings.map(({ kind }) => kind)).toContain('stuck-frame')
    // Nobody can end an expression.
    if (block === 'expression') return
    expect(await end()).toMatch(/^\d+$/)
    expect((await server.admin('/status')).status).toBe(200)
  })

  it('a counter that does not move is read twice and named', async () => {
    const { frames, manifest } = await dumpWhile('counter')
    expect(frames?.reads.length).toBeGreaterThan(1)
    // On a machine that is too busy the sentence is about that.
    if (!manifest.summary.text.includes('waited'))
      expect(manifest.summary.text).toMatch(/drain held .*index \(3, unmoved in /)
    expect(manifest.summary.findings.map(({ text }) => text).join('\n')).toMatch(/drain \(.*index: 3/)
  })

  it('are not read from a stack so deep that V8 would take long to list it', async () => {
    const { frames, artifact } = await dumpWhile('deep recursion')
    expect(frames).toMatchObject({ why: expect.stringContaining('more than 100 functions'), reads: [] })
    expect(artifact?.state).toBe('complete')
  })

  it('show the beginning of texts where the option says so, in the file alone', async () => {
    const options = { frames: { maxPause: 20_000, content: 20 } }
    const { frames, manifest } = await dumpWhile('expression', { options })
    const name = variablesOf(frames as FramesEvidence, 'checkName').name as object
    expect(name).toMatchObject({ kind: 'string', size: 41, text: `${'a'.repeat(19)}…` })
    expect(JSON.stringify(manifest)).not.toContain('aaaa')
  })

  it('are left alone where a debugger may be attached', async () => {
    const { frames, end } = await dumpWhile('counter', { execArgv: ['--inspect=127.0.0.1:0'] })
    expect(frames).toMatchObject({ why: expect.stringContaining('a debugger may be attached'), reads: [], attachMs: 0 })
    expect(await end()).toBe('3')
  })

  it('are not read where the option captures has them off', async () => {
    const { manifest } = await dumpWhile('counter', { options: { captures: { frames: false } } })
    expect(JSON.stringify(manifest)).toContain('switched off by the option captures')
  })

  it('are beside the profile in the dump of a rule', async () => {
    const flag = join(temporaryDirectory(), 'over')
    const thresholds = { ...noRules, eventLoopDelay: { enabled: true, watermark: 500 } }
    const server = await startServer(
      { interval: 100, thresholds, frames: { maxPause: 20_000 } },
      { fixture: 'hands.mjs', env: { AUTODUMP_TEST_FLAG: flag } },
    )
    await server.warm()
    fetch(`${server.base}/block/counter`).catch(() => {})
    const { id, artifacts } = await eventually('a dump', async () => (await manifestsIn(server.dir))[0])
    expect(artifacts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['cpu-profile', 'frames']))
    const value = JSON.parse(await readFile(join(server.dir, id, 'frames.json'), 'utf8')) as FramesEvidence
    expect(variablesOf(value, 'drain')).toMatchObject({ index: { value: 3 } })
  })
})
