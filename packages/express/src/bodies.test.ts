// @module-tag full
import { describe, expect, it } from 'vitest'
import { serveApp, testOptions } from '../../core/src/testing/served-app.js'
import { autodump } from './index.js'
import { versions } from './testing/express.js'

const thresholds = '/debug/autodump/thresholds'

describe.each(versions)('under %s, after its body parsers', (_, express) => {
  async function serve() {
    const app = express()
    app.use(express.json({ limit: '1mb' }), express.urlencoded({ extended: true }), express.text())
    const middleware = autodump(testOptions())
    app.use(middleware)
    const { send, ask } = await serveApp(app)
    return { send, ask, watermark: () => middleware.monitor.thresholds().thresholds.cpu?.watermark }
  }

  it('PATCH and POST work', async () => {
    const { send, ask, watermark } = await serve()
    expect((await send('PATCH', thresholds, '{"cpu":{"watermark":51}}')).status).toBe(200)
    expect(watermark()).toBe(51)
    // A type that the parser does not know: the body is still to be read.
    expect((await send('PATCH', thresholds, '{"cpu":{"watermark":52}}', 'application/merge-patch+json')).status).toBe(
      200,
    )
    expect(watermark()).toBe(52)
    const made = await send('POST', '/debug/autodump/trigger?wait=true', '{"capture":["requests"],"reason":"parsed"}')
    expect([made.status, ((await made.json()) as { trigger: object }).trigger]).toMatchObject([
      201,
      { reason: 'parsed' },
    ])
    expect((await ask('/debug/autodump/trigger?wait=true', { method: 'POST' })).status).toBe(201)
  })

  it('the refusals are those of the contract', async () => {
    const { send, watermark } = await serve()
    const patch = async (body: string, type?: string) => {
      const response = await send('PATCH', thresholds, body, type)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      return response.status
    }
    expect(await patch(`{}${' '.repeat(70_000)}`)).toBe(413)
    expect(await patch(JSON.stringify({ pad: 'x'.repeat(70_000) }))).toBe(413)
    expect(await patch('cpu=1', 'application/x-www-form-urlencoded')).toBe(415)
    expect(await patch('{"cpu":{"watermark":53}}', 'text/plain')).toBe(415)
    expect(await patch('{"cpu":{"watermark":-1}}')).toBe(400)
    expect(await patch('{"__proto__":{"polluted":1}}')).toBe(400)
    expect(await patch('[]')).toBe(400)
    expect(watermark()).toBe(80)
  })

  it('JSON that is broken is refused by the parser, as everywhere in the application', async () => {
    const { send, watermark } = await serve()
    expect((await send('PATCH', thresholds, '{')).status).toBe(400)
    expect(watermark()).toBe(80)
  })

  it('a body that was read and not kept is refused, and nothing hangs', async () => {
    const app = express()
    app.use((req, _res, next) => void req.resume().once('end', next))
    app.use(autodump(testOptions()))
    const { send } = await serveApp(app)
    expect((await send('PATCH', thresholds, '{"cpu":{"watermark":51}}')).status).toBe(400)
  })
})
