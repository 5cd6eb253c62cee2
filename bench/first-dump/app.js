// A Fastify app with autodump's defaults; an endless loop begins when the parent says so.
import { pathToFileURL } from 'node:url'
import fastify from 'fastify'

const { entry, dir } = JSON.parse(process.env.FIRST_DUMP)
const { createMonitor } = await import(entry ? pathToFileURL(entry).href : '@autodump/core')
const app = fastify()
app.get('/', async () => 'hello')
await app.listen({ port: 0, host: '127.0.0.1' })
await createMonitor({ dir }).start()
// The recorder runs, and the rules know what is normal.
setTimeout(() => process.send('ready'), 15_000)

function parseForEver() {
  let sum = 0
  for (let index = 0; sum >= 0; index++) sum += Math.sqrt(index % 1000)
}
process.on('message', () => {
  process.send({ began: Date.now() })
  // The message is on its way once the loop has turned.
  setImmediate(parseForEver)
})
