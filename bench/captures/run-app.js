import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('./app.js', import.meta.url))

/**
 * Runs the app in a process of its own, until it ends or for at most `longest` milliseconds.
 *
 * @returns its answer, if it gave one, and its ending in words
 */
export async function runApp(given, longest) {
  const execArgv = ['--expose-gc', '--max-old-space-size=4096']
  const app = fork(script, [JSON.stringify(given)], { execArgv, silent: true })
  let answer
  let said = ''
  app.on('message', message => {
    answer = message
  })
  app.stderr.on('data', text => {
    said += text
  })
  const timer = longest && setTimeout(() => app.kill('SIGKILL'), longest)
  const [code, signal] = await once(app, 'close')
  clearTimeout(timer)
  return { answer, ending: `${signal ?? code}: ${said.trim()}` }
}
