import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { compileForChild } from './compile.js'

export interface ChildResult<T> {
  /** What the monitor thread told. */
  told: T
  code: number | null
  stderr: string
}

/** Runs a scenario of `profiled-app.ts` in a process of its own. */
export async function runProfiledApp<T>(
  scenario: string,
  { env = {}, args = [] }: { env?: Record<string, string>; args?: string[] } = {},
): Promise<ChildResult<T>> {
  const file = fileURLToPath(await compileForChild('testing/profiled-app.ts'))
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...env }, timeout: 30_000, maxBuffer: 2 ** 26 }
    execFile(process.execPath, [file, scenario, ...args], options, (error, stdout, stderr) => {
      const [line] = stdout.split('\n')
      if (!line) return reject(new Error(`the child told nothing: ${error?.message} ${stderr}`))
      resolve({ told: JSON.parse(line) as T, code: error ? ((error.code as unknown as number) ?? null) : 0, stderr })
    })
  })
}
