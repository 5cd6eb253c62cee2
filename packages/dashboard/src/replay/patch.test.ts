import { defaultThreshold } from '@autodump/core/rules'
import { expect, test } from 'vitest'
import { patchOf } from './patch.ts'

test('a patch has what is other than the defaults, rules that are off included', () => {
  const cpu = defaultThreshold('cpu')
  expect(patchOf({ cpu, heap: defaultThreshold('heap') })).toEqual({})
  expect(patchOf({ cpu: { ...cpu, watermark: 95, spike: null } })).toEqual({ cpu: { watermark: 95, spike: null } })
  expect(patchOf({ cpu: { ...cpu, capture: ['requests'] } })).toEqual({})
})
