import type { Monitor, Options } from '@autodump/core'
import type { Express, RequestHandler, Router } from 'express'
import { expectTypeOf, it } from 'vitest'
import { type AutodumpOptions, autodump } from './index.js'

// Only `npm run typecheck` can fail here.
it('the adapter is typed as a middleware of Express, with its options, without a need for the types of Express', () => {
  expectTypeOf<AutodumpOptions>().toEqualTypeOf<Options>()
  expectTypeOf<ReturnType<typeof autodump>>().toExtend<RequestHandler>()
  expectTypeOf<ReturnType<typeof autodump>['monitor']>().toEqualTypeOf<Monitor>()

  const use = (app: Express, router: Router) => {
    app.use(autodump())
    app.use('/ops', autodump({ interval: 500, thresholds: { cpu: { watermark: 90, spike: null } }, auth: false }))
    app.use(['/a', /^\/b/], autodump(), autodump())
    router.use(autodump({ auth: { authorize: (_request, action, { remoteAddress }) => remoteAddress === action } }))
    // @ts-expect-error a number is needed
    app.use(autodump({ interval: 'often' }))
    // @ts-expect-error there is no such option
    app.use(autodump({ intervall: 500 }))
  }
  expectTypeOf(use).returns.toBeVoid()
})
