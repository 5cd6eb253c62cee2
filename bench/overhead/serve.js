import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('./server.js', import.meta.url))

/** Starts server.js in a process of its own. */
export async function serve(workload, contender, execArgv = []) {
  const child = fork(script, [workload, contender], { execArgv, env: { ...process.env, NODE_ENV: 'production' } })
  // Whoever waits for the answer of a process that died would wait forever.
  child.once('exit', code => code !== 0 && process.exit(1))
  const [{ port }] = await once(child, 'message')
  return {
    url: `http://127.0.0.1:${port}/`,
    async ask(message) {
      const answer = once(child, 'message')
      child.send(message)
      return (await answer)[0]
    },
    async end() {
      child.send('end')
      await once(child, 'exit')
    },
  }
}
