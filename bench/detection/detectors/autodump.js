import { judge } from '../../../packages/core/dist/rules/judge.js'
import { captureEnded, fired, initialState } from '../../../packages/core/dist/rules/memory.js'

/** The rules as they ship. The capture is taken to be over before the next sample, and to move the metric. */
export function autodump(settings) {
  const next = follow(settings)
  return value => next(value).fire !== null
}

/** The same, with everything that the rule said of each sample. */
export function follow({ min, spike, history, cooldown, watermark = null }) {
  const threshold = {
    enabled: true,
    min,
    spike,
    watermark,
    leak: null,
    cooldown,
    hold: 1,
    capture: ['cpu-profile'],
  }
  let state = initialState()
  let at = 0
  return value => {
    const reading = { value, at: at++, capturing: false }
    const judged = judge({ metric: 'series', unit: 'value' }, threshold, state, reading, { history, warmup: history })
    state = judged.state
    const { fire } = judged.decision
    if (fire !== null) state = captureEnded(fired(state, fire, reading.at), true)
    return judged.decision
  }
}
