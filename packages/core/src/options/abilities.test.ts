import { expect, it } from 'vitest'
import { flagFor, isGranted } from '../lib/runtime/permission.js'
import { missingKinds, type Offered } from './abilities.js'

const node: Offered = {
  noInspector: null,
  runtime: 'Node.js 26.0.0',
  domains: new Set(['Profiler', 'HeapProfiler', 'NodeTracing']),
  profiler: 'inspector',
  promiseHooks: true,
  asyncHooks: true,
  report: true,
}

/** In every app thread that watches itself. */
const frames = 'no other thread watches this one'

it('the list of what is missing has only what needs a monitor thread where the inspector has all domains', () => {
  expect(missingKinds(node)).toEqual({ frames })
})

it('the list of what is missing has what only the inspector can do where it may not be used, and why', () => {
  const why = 'the inspector is not granted'
  const without = missingKinds({ ...node, noInspector: why, domains: new Set(), profiler: 'node:v8' })
  expect(without).toEqual({ frames, 'heap-profile': why, 'heap-snapshot': why, holders: why, trace: why })
  expect(missingKinds({ ...node, noInspector: why, domains: new Set() })).toHaveProperty('cpu-profile', why)
})

it('the list of what is missing has what a runtime does not have', () => {
  const bun = { ...node, runtime: 'Bun 1.4.5', domains: new Set(['Profiler'] as const), promiseHooks: false }
  expect(missingKinds({ ...bun, asyncHooks: false })).toEqual({
    frames,
    'async-stacks': 'the inspector of Bun 1.4.5 has no HeapProfiler',
    'async-wait': 'Bun 1.4.5 has no async_hooks',
    'heap-profile': 'the inspector of Bun 1.4.5 has no HeapProfiler',
    'heap-snapshot': 'the inspector of Bun 1.4.5 has no HeapProfiler',
    holders: 'the inspector of Bun 1.4.5 has no HeapProfiler',
    trace: 'the inspector of Bun 1.4.5 has no NodeTracing',
  })
})

it('the list of what is missing asks the permission model where there is one', () => {
  const granted = (...scopes: string[]) => ({ has: (scope: string) => scopes.includes(scope) })
  expect(isGranted('inspector', undefined, undefined)).toBe(true)
  expect(isGranted('inspector', undefined, granted('worker'))).toBe(false)
  expect(isGranted('worker', undefined, granted('worker'))).toBe(true)
  const throws = {
    has: () => {
      throw new Error('no such scope')
    },
  }
  expect(isGranted('addon', undefined, throws)).toBe(true)
})

it('the list of what is missing names a flag only where Node has it', () => {
  expect(flagFor('inspector', new Set(['--allow-inspector']))).toBe('--allow-inspector')
  expect(flagFor('inspector', new Set())).toBeNull()
})
