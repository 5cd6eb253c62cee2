import fc from 'fast-check'
import { expect, it } from 'vitest'
import { corrupted, deepJson, edited, junk, tries } from '../testing/damage.js'
import { gather } from './gather.js'
import { resolveOptions } from './options.js'
import { variables } from './variables.js'

const config = {
  interval: 1000,
  thresholds: { cpu: { watermark: 80, spike: null } },
  retention: { maxDumps: 3 },
  labels: { service: 'shop' },
  auth: { token: 't0ken' },
  notify: { webhook: 'http://hooks.example/secret' },
}

const file = fc.oneof(
  edited(config).map(value => JSON.stringify(value) ?? ''),
  corrupted(JSON.stringify(config)).map(bytes => bytes.toString('utf8')),
  fc.constantFrom(
    deepJson(100_000),
    `{"interval":${deepJson(50_000)}}`,
    '',
    '\uFEFF{}',
    'null',
    '{"interval":20,"interval":-1}',
  ),
)

const text = fc.oneof(
  fc.string(),
  junk.map(value => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))),
  fc.constantFrom(deepJson(20_000), '1', '1000', 'true', 'null', '{', 'a=b', '__proto__=x', '-1', '1e999', ' ', '0x10'),
)

const env = fc.dictionary(
  fc.oneof(fc.constantFrom(...variables().keys(), 'AUTODUMP_LOG', 'AUTODUMP_TOKEN'), fc.string()),
  text,
  {
    maxKeys: 4,
  },
)

it('whatever the variables and the file say, what is left of it is valid, and each thing left out has a sentence', () => {
  const seen = { taken: 0, left: 0 }
  fc.assert(
    fc.property(env, fc.option(file), (variables, content) => {
      const found = gather(variables, content === null ? null : { text: content })
      expect(() => resolveOptions(found.options)).not.toThrow()
      const sentences = [...found.problems, ...(found.fileProblem === null ? [] : [found.fileProblem])]
      for (const sentence of sentences) expect(sentence).not.toBe('')
      // Secrets are not part of the words about them.
      expect(sentences.join()).not.toContain('hooks.example/secret')
      if (content === null) return
      if (found.fileProblem === null) seen.taken++
      else seen.left++
    }),
    tries(250),
  )
  expect(Math.min(seen.taken, seen.left)).toBeGreaterThan(20)
})
