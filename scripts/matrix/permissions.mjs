// Node's permission model, as people grant things: the app lives and answers, a rule and a person get what is left, and
// the rest is refused with its reason.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.mjs'
import { dumpOfRule, statusOf, token, trigger, withProgram } from './served.mjs'

const kinds = 'cpu-profile heap-profile heap-snapshot requests async-stacks async-wait trace report'.split(' ')
/** Kinds that nothing but the inspector can do. */
const ofInspector = ['heap-profile', 'heap-snapshot', 'trace']

/** By name: the flags beside those for files, and what is to be seen. */
const grants = {
  'files only': [],
  '+ worker': ['--allow-worker'],
  '+ addons': ['--allow-addons'],
  '+ inspector': ['--allow-inspector'],
  '+ worker, inspector': ['--allow-worker', '--allow-inspector'],
  'own files only': [],
  'no dumps': [],
}

function filesOf(name, project, dir) {
  if (name === 'no dumps') return ['--allow-fs-read=*']
  const read =
    name === 'own files only' ? [project, dir].map(path => `--allow-fs-read=${join(path, '*')}`) : ['--allow-fs-read=*']
  return [...read, `--allow-fs-write=${join(dir, '*')}`]
}

/** Those flags of the permission model that this version of Node has. */
async function flagsOf(node, cwd) {
  const { stdout } = await run(node, ['-p', '[...process.allowedNodeEnvironmentFlags].join()'], { cwd })
  return new Set(stdout.trim().split(','))
}

async function tryGrant({ row, node, known }, name, directory) {
  const project = directory
  const dir = join(directory, '..', 'permissions', `${row} ${name}`.replace(/[^\w.-]+/g, '-'))
  mkdirSync(join(dir, '..'), { recursive: true })
  const model = known.has('--permission') ? '--permission' : '--experimental-permission'
  const net = known.has('--allow-net') ? ['--allow-net'] : []
  const args = [model, ...filesOf(name, project, dir), ...grants[name], ...net, 'fastify.js']
  const env = { PORT: '0', AUTODUMP_DIR: dir, AUTODUMP_TOKEN: token }
  await withProgram(node, args, { cwd: directory, node, env }, async ({ printed, until, output }) => {
    const [, port] = await printed(/http:\/\/127\.0\.0\.1:(\d+)/)
    const url = `http://127.0.0.1:${port}`
    const admin = `${url}/debug/autodump`
    const status = await until('a start', async () => {
      const said = await statusOf(admin)
      return said?.state === 'running' && said.sample && said
    })
    const { mode, degraded } = status.thread
    const isWhole = grants[name].includes('--allow-worker') && grants[name].includes('--allow-inspector')
    assert.equal(mode, isWhole ? 'monitor-thread' : 'app-thread')
    if (isWhole) assert.equal(degraded, null)
    else {
      assert.match(degraded, /; working in the app thread, so not while the event loop is blocked/)
      assert.equal(/ would bring more$/.test(degraded), name !== '+ addons' || known.has('--allow-inspector'), degraded)
    }

    const hasInspector = grants[name].includes('--allow-inspector')
    for (const kind of kinds) {
      const { status: code, body } = await trigger(admin, { capture: [kind] })
      const isOut = ofInspector.includes(kind) ? !hasInspector : code === 400 && kind === 'cpu-profile' && !hasInspector
      if (isOut) {
        assert.equal(code, 400, `${kind}: ${JSON.stringify(body)}`)
        assert.match(body.errors[0].message, new RegExp(`${kind} cannot be captured here: .*permission model`))
        assert.match(degraded, new RegExp(`without .*${kind}`))
      } else if (name === 'no dumps') {
        assert.match(body.detail, /cannot write dumps to /, `${kind}: ${code}`)
      } else {
        assert.equal(code, 201, `${kind}: ${JSON.stringify(body)}`)
        assert.equal(body.state, 'complete', `${kind}: ${JSON.stringify(body)}`)
      }
    }
    if (name !== 'no dumps') {
      assert.equal((await dumpOfRule(admin, until)).state, 'complete')
    }
    const after = await statusOf(admin)
    assert.deepEqual(after.errors, [])
    assert.equal(after.thread.degraded, degraded)
    assert.equal((await fetch(url)).status, 200)
    // What is wrong is said once, in one sentence.
    const warnings = output()
      .split('\n')
      .filter(line => line.includes('"level":40'))
      .map(line => JSON.parse(line).msg)
    assert.deepEqual(warnings, degraded === null ? [] : [`autodump: ${degraded}`])
  })
}

/** The checks of all grants that a version has flags for, as jobs. */
export async function permissionJobs(runtimes, directory, check) {
  const nodes = runtimes.filter(({ node }) => node !== undefined)
  const withFlags = await Promise.all(
    nodes.map(async runtime => ({ ...runtime, known: await flagsOf(runtime.node, directory) })),
  )
  return withFlags.flatMap(runtime =>
    Object.keys(grants)
      .filter(name => grants[name].every(flag => runtime.known.has(flag)))
      .map(name => () => check(runtime.row, name, () => tryGrant(runtime, name, directory))),
  )
}
