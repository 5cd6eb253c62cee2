// The README's server, with autodump, with a contender of ../overhead, or bare: prints how many milliseconds after its start
// it listened.
import Fastify from 'fastify'

const app = Fastify()
const [, , who] = process.argv
if (who === 'with') {
  const { default: autodump } = await import('@autodump/fastify')
  await app.register(autodump, { dir: process.env.AUTODUMP_DIR, auth: { token: 'bench' }, logger: silent() })
} else if (who) {
  const { contenders } = await import('../overhead/contenders.js')
  await contenders[who](app, process.env.AUTODUMP_DIR)
}
app.get('/', async () => ({ hello: 'world' }))
await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(String(performance.now()), () => process.exit(0))

function silent() {
  return { info() {}, warn() {}, error() {} }
}
