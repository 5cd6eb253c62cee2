import { basename } from 'node:path'

/** Programs that only start others: `NODE_OPTIONS` reaches them too, and what they start is what is meant. */
const wrappers = /^(npm|npx|yarn|yarnpkg|pnpm|pnpx|corepack)(-cli)?(\.[cm]?js)?$/

/** Whether this program is to be monitored. To be cheap, since it is asked in every process that inherits `--import`. */
export function isWanted(env: Record<string, string | undefined>, script: string | undefined): boolean {
  if (/^(false|0|no|off)$/i.test(env.AUTODUMP_ENABLED ?? '')) return false
  return script === undefined || !wrappers.test(basename(script))
}
