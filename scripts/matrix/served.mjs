// A program that is started like a user would, and asked for a dump over HTTP.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { environment } from './run.mjs'

export const token = 'let-me-in'
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

/**
 * Starts a program in a process group of its own, hands what it prints to `use`, and ends all of the group.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, node?: string, env?: Record<string, string> }} options
 * @param {(app: { printed(pattern: RegExp): Promise<RegExpMatchArray>, until(what: string, look: () => Promise<unknown>): Promise<any>, output(): string }) => Promise<unknown>} use
 */
export async function withProgram(command, args, { cwd, node = process.execPath, env }, use) {
  const child = spawn(command, args, {
    cwd,
    env: environment(node, env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (output += text))
  const ended = once(child, 'close')
  let gone = false
  void ended.then(() => (gone = true))
  const began = performance.now()
  async function until(what, look) {
    for (;;) {
      const found = await look()
      if (found) return found
      const late = performance.now() - began > 120_000
      if (gone || late) throw new Error(`${gone ? 'it ended' : 'nothing came'} before ${what}\n${output}`)
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
  try {
    return await use({
      until,
      output: () => output,
      printed: pattern => until(`it printed ${pattern}`, async () => output.match(pattern)),
    })
  } catch (error) {
    throw new Error(`${error.message}\n${output}`)
  } finally {
    try {
      process.kill(-child.pid, 'SIGTERM')
      setTimeout(() => !gone && process.kill(-child.pid, 'SIGKILL'), 3000).unref()
    } catch {
      // It has ended.
    }
    await ended
  }
}

/** Asks the admin routes for a dump, and returns the status and the body of the answer. */
export async function trigger(admin, request) {
  const body = JSON.stringify({ duration: 300, reason: 'matrix', ...request })
  const ask = () => fetch(`${admin}/trigger?wait=true`, { method: 'POST', headers, body })
  let response = await ask()
  // A rule may have begun one: the machine is busy with all that runs beside this.
  while (response.status === 409) {
    await new Promise(resolve => setTimeout(resolve, 1000 * Number(response.headers.get('retry-after') ?? 1)))
    response = await ask()
  }
  return { status: response.status, body: await response.json() }
}

/** A dump by hand, which has to be complete: its manifest. */
export async function dumpOf(admin) {
  const { status, body: made } = await trigger(admin, {})
  assert.equal(status, 201, JSON.stringify(made))
  assert.equal(made.state, 'complete', JSON.stringify(made.summary))
  assert.match(made.summary.text, /^Captured by hand: matrix[.;] .+\.$/)
  return made
}

/** A rule that fires with the next sample, and the dump that it makes. */
export async function dumpOfRule(admin, until) {
  const rss = { enabled: true, min: 0, watermark: 0.0001, spike: null, hold: 1, cooldown: 1000 }
  const patched = await fetch(`${admin}/thresholds`, {
    method: 'PATCH',
    headers: { ...headers, 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ rss }),
  })
  assert.equal(patched.status, 200, await patched.text())
  return until('a dump of a rule', async () => {
    const { dumps } = await (await fetch(`${admin}?metric=rss`, { headers })).json()
    return dumps[0]
  })
}

/** What the admin routes say of the monitor; `null` where nobody answers. */
export async function statusOf(admin) {
  try {
    const response = await fetch(`${admin}/status`, { headers })
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}
