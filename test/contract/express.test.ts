import { autodump } from '@autodump/express'
import express5 from 'express'
import express4 from 'express-4'
import { describeContract, describeOlderContract } from './contract.js'
import { serve } from './serve.js'

describeContract('Express 5', async options => {
  const app = express5()
  app.use(autodump(options))
  app.get('/slow/:id', () => {})
  const { origin, close } = await serve(app)
  return { base: `${origin}/debug/autodump`, close }
})

describeOlderContract('Express 4, under a path of an app under a path', async options => {
  const app = express4()
  const ops = express4()
  ops.use('/ops', autodump(options))
  app.use('/internal', ops)
  app.get('/slow/:id', () => {})
  const { origin, close } = await serve(app)
  return { base: `${origin}/internal/ops/debug/autodump`, close }
})
