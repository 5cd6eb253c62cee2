import type { Monitor, Options } from '@autodump/core'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { expectTypeOf, it } from 'vitest'
import autodump, { type AutodumpOptions } from './index.js'

// Only `npm run typecheck` can fail here.
it('the adapter is typed as a plugin with its options, and adds `app.autodump`', () => {
  expectTypeOf(autodump).toExtend<FastifyPluginAsync<AutodumpOptions>>()
  expectTypeOf<AutodumpOptions>().toEqualTypeOf<Options>()
  expectTypeOf<FastifyInstance['autodump']>().toEqualTypeOf<Monitor>()

  const register = (app: FastifyInstance) => {
    app.register(autodump)
    app.register(autodump, { interval: 500, thresholds: { cpu: { watermark: 90, spike: null } }, auth: false })
    app.register(autodump, {
      metrics: { queueDepth: () => 1 },
      auth: { authorize: (_request, action) => action === 'read' },
    })
    // @ts-expect-error a number is needed
    app.register(autodump, { interval: 'often' })
    // @ts-expect-error there is no such option
    app.register(autodump, { intervall: 500 })
    // @ts-expect-error there is no such kind of evidence
    app.register(autodump, { thresholds: { cpu: { capture: ['photograph'] } } })
    app.autodump.on('dump', manifest => expectTypeOf(manifest.summary.text).toBeString())
    app.autodump.on('decision', ({ rules }) => expectTypeOf(rules.spike.reason).toBeString())
  }
  expectTypeOf(register).returns.toBeVoid()
})
