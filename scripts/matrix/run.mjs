import { spawn } from 'node:child_process'
import { delimiter, dirname } from 'node:path'

/** The environment of a child: what `npm run` puts into ours would have npm install into this workspace. */
export function environment(node, extra) {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(package|lifecycle|command|config_.*prefix)|INIT_CWD$|AUTODUMP_|NODE_OPTIONS$)/i.test(name),
  )
  const env = Object.fromEntries(own)
  // On Windows it is written `Path`.
  const path = Object.keys(env).find(name => name.toUpperCase() === 'PATH') ?? 'PATH'
  return { ...env, [path]: `${dirname(node)}${delimiter}${env[path] ?? ''}`, ...extra }
}

/**
 * Runs a script on one of the Node.js versions, and whatever it starts on the same one.
 *
 * @param {string} node its binary
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string>, timeout?: number }} options `timeout` in milliseconds
 * @returns {Promise<{ stdout: string, stderr: string }>}
 * @throws {Error} with all that was printed, if it ends with anything but 0 or does not end
 */
export async function run(node, args, { cwd, env = {}, timeout = 120_000 }) {
  const child = spawn(node, args, { cwd, env: environment(node, env), stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', chunk => (output.stdout += chunk))
  child.stderr.on('data', chunk => (output.stderr += chunk))
  let late = false
  const timer = setTimeout(() => {
    late = true
    child.kill('SIGKILL')
  }, timeout)
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (...ending) => resolve(ending))
  }).finally(() => clearTimeout(timer))
  if (code === 0) return output
  const ending = late ? `did not end within ${timeout / 1000} s` : `ended with ${code ?? signal}`
  throw new Error(`${args.join(' ')} ${ending}\n${output.stdout}${output.stderr}`.trim())
}
