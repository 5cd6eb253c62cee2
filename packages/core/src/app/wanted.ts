import { basename } from 'node:path'

/** Package managers: `NODE_OPTIONS` reaches them too, and what they start is what is meant. */
const managers = /^(npm|npx|yarn|yarnpkg|pnpm|pnpx|corepack)(-cli)?(\.[cm]?js)?$/

/**
 * The usual programs that only start others, by the command and by the package that it is in. A help, to spare them the
 * monitor: those that are missing here are told by what they do (`link/role.ts`). Not `ts-node`: it runs the program in
 * its own process.
 */
const starters =
  /[\\/]\.bin[\\/](tsx|nodemon|cross-env(-shell)?|dotenvx?|env-cmd|conc(urrently)?|npm-run-all2?|run-[ps]|ts-node-dev|tsnd|nest|nf|forever|wireit|turbo|nx|lerna|c8|pm2(-runtime|-dev|-docker)?)$|[\\/]node_modules[\\/](tsx|nodemon|cross-env|dotenv-cli|@dotenvx[\\/]dotenvx|env-cmd|concurrently|npm-run-all2?|ts-node-dev|@nestjs[\\/]cli|foreman|forever|forever-monitor|wireit|turbo|nx|lerna|c8|pm2(?![\\/]lib[\\/]ProcessContainer))[\\/]/

/** Our own command line: it looks at monitors, and its exit codes are answers. */
const commandLine = /[\\/]\.bin[\\/]autodump$|[\\/]@autodump[\\/]cli[\\/]|[\\/]packages[\\/]cli[\\/]dist[\\/]main\.js$/

/** Whether this program is to be monitored. To be cheap, since it is asked in every process that inherits `--import`. */
export function isWanted(env: Record<string, string | undefined>, script: string | undefined): boolean {
  if (/^(false|0|no|off)$/i.test(env.AUTODUMP_ENABLED ?? '')) return false
  return script === undefined || !(managers.test(basename(script)) || starters.test(script) || commandLine.test(script))
}

/** Whether the monitor is for all processes that inherit the environment, and not for this one in particular. */
export const isInherited = (env: Record<string, string | undefined>): boolean =>
  /@autodump|autodump.*register|register\.js/.test(env.NODE_OPTIONS ?? '')
