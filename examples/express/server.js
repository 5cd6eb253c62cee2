// A shop on Express: one line for autodump, an API in a router of its own, and an end that leaves nothing behind.
import { autodump } from '@autodump/express'
import express from 'express'

const app = express()
const dumps = autodump({
  ...(process.env.AUTODUMP_DIR && { dir: process.env.AUTODUMP_DIR }),
  ...(process.env.AUTODUMP_TOKEN && { auth: { token: process.env.AUTODUMP_TOKEN } }),
  labels: { service: 'shop' },
})
dumps.monitor.on('dump', manifest => console.log(manifest.summary.headline))
app.use(dumps)

const orders = express.Router({ mergeParams: true })
orders.get('/:order', async (req, res) => {
  await new Promise(resolve => setTimeout(resolve, 1000))
  res.json({ shop: req.params.shop, order: req.params.order })
})
app.use('/shops/:shop/orders', orders)

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`)
})
// The monitor stops with the server.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close())
