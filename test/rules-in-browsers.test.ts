import { build } from 'esbuild'
import { expect, it } from 'vitest'

const bundle = (specifier: string) =>
  build({
    stdin: { contents: `export * from '${specifier}'`, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  })

it('a browser can load the rules: nothing below them comes from Node', async () => {
  const [file] = (await bundle('@autodump/core/rules')).outputFiles
  expect(file?.text).not.toMatch(/["']node:|process\.|Buffer\./)
  // Most of it is words.
  expect(file?.contents.length).toBeLessThan(32 * 1024)
  const rules = await import(`data:text/javascript,${encodeURIComponent(file?.text ?? '')}`)
  const samples = [...Array(20).fill(10), 90].map((cpu, index) => ({ at: 1000 * index, values: { cpu } }))
  const thresholds = rules.defaultThresholds([])
  const found = rules.replay(samples, { thresholds, history: 10, warmup: 10, captureDuration: 0, maxPerHour: 30 })
  expect(found.totals).toEqual({ 'cpu-watermark': 1 })
})

it('what is not for browsers would be found', async () => {
  await expect(bundle('@autodump/core/analysis')).rejects.toThrow('node:')
})
