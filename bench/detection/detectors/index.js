import { autodump } from './autodump.js'
import { holmes, holmesInFractions } from './holmes.js'
import { cusum, ewmaChart, medianAndMad, percentAndThreeSigma, percentOnly, seasonal, threeSigma } from './known.js'

/**
 * A detector is made once per series and is then given its values in order; it says whether it fires on each. All have
 * the same `min`, percentage, ring and cooldown (in samples).
 *
 * @typedef {{ min: number, spike: number, history: number, cooldown: number, day?: number }} Settings
 * @typedef {(value: number) => boolean} Detector
 * @type {Record<string, (settings: Settings) => Detector>}
 */
export const detectors = {
  autodump,
  holmes,
  'holmes, fractions': holmesInFractions,
  '25%': percentOnly,
  '3 sigma': threeSigma,
  '25%, 3 sigma': percentAndThreeSigma,
  '25%, median/MAD': medianAndMad,
  'EWMA chart': ewmaChart,
  CUSUM: cusum,
  yesterday: seasonal,
}
