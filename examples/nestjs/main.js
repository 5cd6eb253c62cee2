// A shop on NestJS, on its Express platform.
import { autodump } from '@autodump/express'
import { NestFactory } from '@nestjs/core'
import { ShopModule } from './shop.module.js'

const app = await NestFactory.create(ShopModule)
const dumps = autodump({
  ...(process.env.AUTODUMP_DIR && { dir: process.env.AUTODUMP_DIR }),
  ...(process.env.AUTODUMP_TOKEN && { auth: { token: process.env.AUTODUMP_TOKEN } }),
  labels: { service: 'shop' },
})
app.use(dumps)
app.setGlobalPrefix('api')
// On SIGTERM Nest closes its server, and the monitor stops with that.
app.enableShutdownHooks()
await app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
console.log(`listening on ${await app.getUrl()}`)
