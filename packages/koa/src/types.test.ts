import type { Monitor, Options } from '@autodump/core'
import type Koa from 'koa'
import type { Middleware } from 'koa'
import { expectTypeOf, it } from 'vitest'
import { type AutodumpOptions, autodump } from './index.js'

// Only `npm run typecheck` can fail here.
it('the adapter is typed as a middleware of Koa, with its options, without a need for the types of Koa', () => {
  expectTypeOf<AutodumpOptions>().toEqualTypeOf<Options>()
  expectTypeOf<ReturnType<typeof autodump>>().toExtend<Middleware>()
  expectTypeOf<ReturnType<typeof autodump>['monitor']>().toEqualTypeOf<Monitor>()

  const use = (app: Koa, typed: Koa<{ user: string }, { db: object }>) => {
    app.use(autodump())
    app.use(autodump({ interval: 500, thresholds: { cpu: { watermark: 90, spike: null } }, auth: false }))
    typed.use(autodump())
    // @ts-expect-error a number is needed
    app.use(autodump({ interval: 'often' }))
    // @ts-expect-error there is no such option
    app.use(autodump({ intervall: 500 }))
  }
  expectTypeOf(use).returns.toBeVoid()
})
