import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { compileForChild } from './compile.js'

export interface ChildResult<T> {
  /** The report of the monitor thread. */
  told: T
  code: number | null
  stderr: string
}

const hidesAddon = fileURLToPath(new URL('../../../../test/fixtures/without-v8-profiler-next.cjs', import.meta.url))

/** The environment of a child, by the engines that it is to find. */
export const images = {
  'what is installed': {},
  'no addon': { NODE_OPTIONS: `--require ${JSON.stringify(hidesAddon)}` },
}

/** Runs a scenario of `profiled-app.ts` in a process of its own. */
export const runProfiledApp = <T>(scenario: string, { env, args = [] }: ChildOptions = {}) =>
  runChild<T>('testing/profiled-app.ts', { env, args: [scenario, ...args] })

interface ChildOptions {
  env?: Record<string, string> | undefined
  args?: string[]
}

/** Runs a source file in a process of its own, which writes one line of JSON. */
export async function runChild<T>(source: string, { env = {}, args = [] }: ChildOptions): Promise<ChildResult<T>> {
  const file = fileURLToPath(await compileForChild(source))
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...env }, timeout: 60_000, maxBuffer: 2 ** 26 }
    execFile(process.execPath, [file, ...args], options, (error, stdout, stderr) => {
      const [line] = stdout.split('\n')
      if (!line) return reject(new Error(`the child told nothing: ${error?.message} ${stderr}`))
      resolve({ told: JSON.parse(line) as T, code: error ? ((error.code as unknown as number) ?? null) : 0, stderr })
    })
  })
}
