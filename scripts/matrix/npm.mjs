import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from './run.mjs'

/** The npm that came with the Node.js that runs this, to be run by whichever. */
export const npmCli = [
  process.env.npm_execpath,
  join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
  join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'),
].find(file => file?.endsWith('npm-cli.js') && existsSync(file))

const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/

/**
 * Runs npm on one of the Node.js versions. What npm has downloaded once is not asked for again.
 *
 * @throws {Error} that says so where the registry could not be reached
 */
export async function npm({ node, headers }, args, cwd) {
  if (!npmCli) throw new Error('npm is not where Node.js has it; start this with `npm run test:matrix`')
  const flags = [
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=5000',
  ]
  try {
    return await run(node, [npmCli, ...args, ...flags], {
      cwd,
      // Where node-gyp finds the headers, rather than on the network.
      env: headers ? { npm_config_nodedir: headers } : {},
      timeout: 300_000,
    })
  } catch (error) {
    if (!unreachable.test(error.message)) throw error
    throw new Error(`THE REGISTRY CANNOT BE REACHED, so nothing was checked here.\n${error.message}`)
  }
}
