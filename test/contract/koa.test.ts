import { autodump } from '@autodump/koa'
import Router from '@koa/router'
import Koa3 from 'koa'
import Koa2 from 'koa-2'
import mount from 'koa-mount'
import { describeContract, describeOlderContract } from './contract.js'
import { serve } from './serve.js'

const slow = new Router().get('/slow/:id', () => new Promise(() => {})).routes()

describeContract('Koa 3', async options => {
  const app = new Koa3()
  app.use(autodump(options)).use(slow)
  const { origin, close } = await serve(app.callback())
  return { base: `${origin}/debug/autodump`, close }
})

describeOlderContract('Koa 2, under a path of an app under a path', async options => {
  const app = new Koa2()
  const ops = new Koa2()
  ops.use(mount('/ops', autodump(options)))
  app.use(mount('/internal', ops)).use(slow)
  const { origin, close } = await serve(app.callback())
  return { base: `${origin}/internal/ops/debug/autodump`, close }
})
