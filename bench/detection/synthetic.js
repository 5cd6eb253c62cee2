import { normal } from './loads.js'

/** When the fault begins: the detectors know the load by then. */
const begin = 600

/**
 * A load of 30 with 6% of noise, and then a fault: `level` says what the load is `after` so many seconds. It must be found
 * within `window` seconds; what fires later than that, or before, is a false alarm.
 */
function fault(level, window, { length = 600, noise = 0.06, idle = 30 } = {}) {
  return u => ({
    values: Array.from({ length: begin + length }, (_, second) => {
      const load = second < begin ? idle : level(second - begin)
      return load === null ? null : load * (1 + noise * normal(u))
    }),
    windows: [[begin, begin + window - 1]],
  })
}

/** Growth up to 80, where a watermark would see it: it must be found before. */
const growth = (rate, options) => {
  const seconds = Math.ceil(Math.log(80 / 30) / Math.log(1 + rate))
  return fault(after => 30 * (1 + rate) ** after, seconds, { length: seconds, ...options })
}
const leak = perSecond =>
  fault(after => 30 + perSecond * after, Math.ceil(50 / perSecond), { length: Math.ceil(50 / perSecond) })

/** Series with one fault each, a sample a second, of a metric in percent. */
export const faults = {
  'one sample, 30 to 90': fault(after => (after === 0 ? 90 : 30), 1),
  'one sample, 30 to 45': fault(after => (after === 0 ? 45 : 30), 1),
  'step, 30 to 60': fault(() => 60, 10),
  'step, 30 to 45': fault(() => 45, 10),
  'step after a gap of 60 s': fault(after => (after < 60 ? null : 60), 70),
  'ramp to 75 within 15 s': fault(after => Math.min(75, 30 + 3 * after), 30),
  'ramp to 75 within 60 s': fault(after => Math.min(75, 30 + 0.75 * after), 70),
  'load test, 10 s up, 9 min plateau': fault(after => Math.min(70, 30 + 4 * after), 15),
  'restart: idle for 15 s, then as before': fault(after => (after < 15 ? 1 : 30), 1),
  'growth of 5% a sample': growth(0.05),
  'growth of 2%': growth(0.02),
  'growth of 1%': growth(0.01),
  'growth of 1%, 12% noise': growth(0.01, { noise: 0.12 }),
  'growth of 0.5%': growth(0.005),
  'leak of 1 a second': leak(1),
  'leak of 0.3 a second': leak(0.3),
  'leak of 0.05 a second': leak(0.05),
}
