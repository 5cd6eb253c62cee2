import { programName } from '../lib/program-name.js'

/**
 * The environment that the program will have. PM2 in cluster mode puts the variables of its ecosystem file into
 * `process.env` only after preloads have run; before, it is there as JSON, and it will have the last word.
 */
export function environmentOf(env: Record<string, string | undefined>): Record<string, string | undefined> {
  const later = pm2Of(env)
  const texts = Object.entries(later).filter((one): one is [string, string] => typeof one[1] === 'string')
  return { ...env, ...Object.fromEntries(texts.filter(([name]) => name.startsWith('AUTODUMP_'))) }
}

/** The script that was started, where PM2 has put one of its own before it. */
export function scriptOf(env: Record<string, string | undefined>, argv1: string | undefined): string | undefined {
  if (!/[\\/]pm2[\\/]lib[\\/]ProcessContainer/.test(argv1 ?? '')) return argv1
  const path = env.pm_exec_path ?? pm2Of(env).pm_exec_path
  return typeof path === 'string' ? path : argv1
}

/** The name of this program for people. */
export const ownProgram = (): string => programName(scriptOf(process.env, process.argv[1]))

function pm2Of({ pm2_env: json }: Record<string, string | undefined>): Record<string, unknown> {
  if (!json) return {}
  try {
    const found = JSON.parse(json) as { env?: object }
    return { ...found, ...found.env }
  } catch {
    return {} // Not PM2's, then.
  }
}
