import { basename } from 'node:path'

/** Package managers: `NODE_OPTIONS` reaches them too, but the user means the programs that they start. */
const managers = /^(npm|npx|yarn|yarnpkg|pnpm|pnpx|corepack)(-cli)?(\.[cm]?js)?$/

/**
 * The usual programs that only start others, by the command and by its package. The list spares them the monitor; programs
 * that are missing here show by their activity (`link/role.ts`). `ts-node` does not belong here: it runs the program in its
 * own process.
 */
const starters =
  /[\\/]\.bin[\\/](tsx|nodemon|cross-env(-shell)?|dotenvx?|env-cmd|conc(urrently)?|npm-run-all2?|run-[ps]|ts-node-dev|tsnd|nest|nf|forever|wireit|turbo|nx|lerna|c8|pm2(-runtime|-dev|-docker)?)$|[\\/]node_modules[\\/](tsx|nodemon|cross-env|dotenv-cli|@dotenvx[\\/]dotenvx|env-cmd|concurrently|npm-run-all2?|ts-node-dev|@nestjs[\\/]cli|foreman|forever|forever-monitor|wireit|turbo|nx|lerna|c8|pm2(?![\\/]lib[\\/]ProcessContainer))[\\/]/

/** Our own command line: it looks at monitors, and its exit codes are answers. */
const commandLine = /[\\/]\.bin[\\/]autodump$|[\\/]@autodump[\\/]cli[\\/]|[\\/]packages[\\/]cli[\\/]dist[\\/]main\.js$/

/** Whether to monitor this program. It is cheap, because every process that inherits `--import` asks. */
export function isWanted(env: Record<string, string | undefined>, script: string | undefined): boolean {
  if (/^(false|0|no|off)$/i.test(env.AUTODUMP_ENABLED ?? '')) return false
  return script === undefined || !(managers.test(basename(script)) || starters.test(script) || commandLine.test(script))
}

/** Whether the monitor is for all processes that inherit the environment, and not for this one in particular. */
export const isInherited = (env: Record<string, string | undefined>): boolean =>
  /@autodump|autodump.*register|register\.js/.test(env.NODE_OPTIONS ?? '')
