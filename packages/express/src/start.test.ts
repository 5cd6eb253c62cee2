// @module-tag full
import { describe, expect, it } from 'vitest'
import { serveApp, testOptions } from '../../core/src/testing/served-app.js'
import { endlessStart } from '../../core/src/testing/thread-files.js'
import { autodump } from './index.js'
import { versions } from './testing/express.js'

describe.each(versions)('under %s', (_, express) => {
  it('the application and `status` answer while the monitor thread does not come up', { timeout: 60_000 }, async () => {
    const app = express()
    const middleware = autodump(testOptions({ monitorThread: endlessStart() }))
    app.use(middleware)
    app.get('/', (_req, res) => void res.send('ready'))
    const { server, ask } = await serveApp(app)
    expect(await (await ask('/')).text()).toBe('ready')
    expect(await (await ask('/debug/autodump/status')).json()).toMatchObject({ state: 'starting' })
    const stream = await ask('/debug/autodump/stream')
    server.close()
    expect(await stream.text()).toContain('event: status')
    await middleware.monitor.stop()
  })

  it('gets a dump that it asks for at once', async () => {
    const { monitor } = autodump(testOptions())
    expect(await monitor.trigger({ capture: ['requests'] })).toMatchObject({ state: 'complete' })
    await monitor.stop()
  })
})
