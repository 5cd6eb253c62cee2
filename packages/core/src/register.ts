// `node --import @autodump/core/register app.js`: monitors any program, without a change to it. Options come from
// AUTODUMP_* and the file that AUTODUMP_CONFIG names: docs/zero-code.md.

import { isMainThread } from 'node:worker_threads'
import { isWanted } from './app/wanted.js'
import { environmentOf } from './options/pm2.js'

// Worker threads, our own among them, inherit `--import` too; the monitor of the main thread watches the whole process.
const env = environmentOf(process.env)

if (isMainThread && isWanted(env, process.argv[1])) {
  try {
    const { startZeroCode } = await import('./app/zero-code.js')
    await startZeroCode(env)
  } catch (error) {
    // The program must never notice it.
    console.error(`autodump: not started: ${error instanceof Error ? error.stack : String(error)}`)
  }
}
