// `node --import @autodump/core/register app.js`: monitors any program, without a change to it. Options come from
// AUTODUMP_* and the file that AUTODUMP_CONFIG names: docs/zero-code.md.
import { isMainThread } from 'node:worker_threads'
import { isWanted } from './config/wanted.js'

// Worker threads, our own among them, inherit `--import` too; the monitor of the main thread watches the whole process.
if (isMainThread && isWanted(process.env, process.argv[1])) {
  try {
    const { startZeroCode } = await import('./config/start.js')
    await startZeroCode(process.env)
  } catch (error) {
    // Whatever it is, the program must not notice.
    console.error(`autodump: not started: ${error instanceof Error ? error.stack : String(error)}`)
  }
}
