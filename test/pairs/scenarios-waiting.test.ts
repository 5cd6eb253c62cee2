import { describe, it } from 'vitest'
import { goWrong, onlyInFull } from '../scenarios/go-wrong.js'
import { scenarios } from '../scenarios/scenarios.js'

const waiting = scenarios.filter(({ family }) => family === 'waiting')
const [quick, others] = [waiting.filter(({ quick }) => quick), waiting.filter(({ quick }) => !quick)]

// The CPU has little to do in them, so they run side by side.
for (const [some, options] of [
  [quick, {}],
  [others, onlyInFull],
] as const)
  describe(`scenarios that wait: ${some.map(({ number, title }) => `${number}, ${title}`).join('; ')}`, options, () => {
    it('make a dump each that names the culprit', async () => void (await Promise.all(some.map(goWrong))), 180_000)
  })
