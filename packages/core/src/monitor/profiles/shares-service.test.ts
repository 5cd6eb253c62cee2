import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createBlock } from '../../link/block.js'
import type { RecordedWindow } from '../../link/recorded-window.js'
import { resolveOptions } from '../../options/options.js'
import { temporaryDirectory } from '../../testing/dumps.js'
import { profileOf } from '../../testing/profile-of.js'
import type { ServiceContext } from '../service.js'
import { shares } from './shares-service.js'

it('the last digest does not hold up a stop when the store hangs and takes no notice of signals', async () => {
  const module = join(temporaryDirectory(), 'store.mjs')
  writeFileSync(module, `export default () => ({ place: 'hung', put: () => new Promise(() => {}), close() {} })`)
  const errors: string[] = []
  let hear = (_: RecordedWindow) => {}
  const service = await shares({
    data: {
      options: resolveOptions({ bucket: { store: { module }, flush: 50 } }),
      instance: { id: '1-a', title: 'app.js', host: 'here' },
      block: createBlock({ customCount: 0 }).buffer,
    },
    onWindow: (listener: typeof hear) => (hear = listener),
    onError: (what: string) => void errors.push(what),
  } as unknown as ServiceContext)
  const json = JSON.stringify(profileOf([1000, 'burn']))
  hear({ engine: 'node:inspector', json, startedAt: 0, endedAt: 1_000_000, pauseMs: 0 })
  await service.stop()
  expect(errors).toEqual(['put the shares into the bucket'])
})
