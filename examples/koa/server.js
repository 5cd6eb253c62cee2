// A shop on Koa: one line for autodump, an API by @koa/router, and an end that leaves nothing behind.
import { autodump } from '@autodump/koa'
import Router from '@koa/router'
import Koa from 'koa'

const app = new Koa()
const dumps = autodump({
  ...(process.env.AUTODUMP_DIR && { dir: process.env.AUTODUMP_DIR }),
  ...(process.env.AUTODUMP_TOKEN && { auth: { token: process.env.AUTODUMP_TOKEN } }),
  labels: { service: 'shop' },
})
dumps.monitor.on('dump', manifest => console.log(manifest.summary.headline))
app.use(dumps)

const orders = new Router({ prefix: '/shops/:shop/orders' })
orders.get('/:order', async ctx => {
  await new Promise(resolve => setTimeout(resolve, 1000))
  ctx.body = { shop: ctx.params.shop, order: ctx.params.order }
})
app.use(orders.routes())

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`)
})
// The monitor stops with the server.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close())
