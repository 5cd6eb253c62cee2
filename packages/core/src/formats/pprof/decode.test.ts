import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { profileOf } from '../../testing/profile-of.js'
import { cpuProfileToPprof } from './cpu.js'
import { decodePprof } from './decode.js'

it('functions without a file keep their names, those of objects too', () => {
  const pprof = cpuProfileToPprof(profileOf([5, 'toString'], [7, 'constructor']))
  const { profile } = decodePprof(gunzipSync(pprof)) as { profile: ReturnType<typeof profileOf> }
  expect(profile.nodes.map(({ callFrame }) => callFrame.functionName)).toEqual(['(root)', 'toString', 'constructor'])
})
