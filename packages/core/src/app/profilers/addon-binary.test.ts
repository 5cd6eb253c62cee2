import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { appEngines } from './engines.js'

const { cache } = createRequire(import.meta.url)

const engine = appEngines(() => {})[0] ?? null

it.runIf(engine?.engine === 'v8-profiler-next')('v8-profiler-next needs nobody to look for its binary', () => {
  const files = Object.keys(cache).map(file => file.replaceAll('\\', '/'))
  expect(files.some(file => file.endsWith('/v8-profiler-next/dispatch.js'))).toBe(true)
  expect(files.filter(file => file.includes('/node-pre-gyp/'))).toEqual([])
  expect(JSON.parse(engine?.start(1000)() ?? '').nodes.length).toBeGreaterThan(0)
})
