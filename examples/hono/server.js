// A shop on Hono: no package, since the admin routes are a function from Request to Response.
import { createAdminHandler, createMonitor } from '@autodump/core'
import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'

const options = {
  ...(process.env.AUTODUMP_DIR && { dir: process.env.AUTODUMP_DIR }),
  ...(process.env.AUTODUMP_TOKEN && { auth: { token: process.env.AUTODUMP_TOKEN } }),
  labels: { service: 'shop' },
}
const monitor = createMonitor(options)
await monitor.start()

const app = new Hono()
const admin = createAdminHandler(monitor, options)
app.all(`${admin.prefix}/*`, c => admin(c.req.raw, { remoteAddress: getConnInfo(c).remote.address }))
app.get('/shops/:shop/orders/:order', async c => {
  await new Promise(resolve => setTimeout(resolve, 1000))
  return c.json(c.req.param())
})
// For the table of requests: the path of the route that Hono would choose.
monitor.requests.setRouteOf(({ method, url }) => {
  const [handlers] = app.router.match(method, url)
  return handlers.at(-1)?.[0][1].path ?? null
})

const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' }, ({ port }) =>
  console.log(`listening on http://127.0.0.1:${port}`),
)
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    // Ends the streams of ours, which would keep the server from closing.
    await monitor.stop()
    server.close()
  })
}
