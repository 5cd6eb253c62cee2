import { describe, it } from 'vitest'
import { goWrong, onlyInFull } from '../scenarios/go-wrong.js'
import { scenarios } from '../scenarios/scenarios.js'

const waiting = scenarios.filter(({ family }) => family === 'waiting')
const [quick, others] = [waiting.filter(({ quick }) => quick), waiting.filter(({ quick }) => !quick)]

describe.each([
  [quick, {}],
  [others, onlyInFull],
] as const)('scenarios in which the CPU has little to do', (some, options) => {
  it(
    `${some.map(({ number }) => number).join(', ')} make a dump that names the culprit each`,
    {
      ...options,
      timeout: 180_000,
    },
    async () => void (await Promise.all(some.map(goWrong))),
  )
})
