/** What no person would write: each with an example. */
const silly: Record<string, RegExp> = {
  'no number at all': /\bNaN\b|Infinity|∞|undefined|\[object/,
  'many digits in a row': /\d{7,}/,
  'many decimals': /\.\d{7,}/,
  'many zeroes': /\b0\.0{4,}\d/,
  'a huge percentage': /\d{5,}%|\d,\d{3}[\d,]*% above/,
  'an exponent': /\d(?:e[+-]?\d+)\b/,
  'thousands of hours': /\d{4,} (?:h|min)\b/,
  'more than a thousand times': /\d{4,} times/,
}

/** Why a person would stumble over the figures of a sentence; `null`: over none of them. */
export function sillyIn(text: string): string | null {
  const found = Object.entries(silly).find(([, pattern]) => pattern.test(text))
  return found ? `${found[0]}: ${text}` : null
}
