// Numbers as `Intl` writes them in English. `Intl` itself brings 4.5 MiB of ICU's tables into the process with its first
// use, and the monitor thread is there to weigh nothing: decisions/375.

/** `1,204,551`, `-1`, `0.123`: with commas and at most three decimals, as `toLocaleString('en')` says it. */
export function grouped(value: number): string {
  if (!(Math.abs(value) < 1e21)) return String(value)
  const [whole = '', decimals = ''] = (Number.isInteger(value) ? String(value) : value.toFixed(3)).split('.')
  const rest = decimals.replace(/0+$/, '')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${rest && `.${rest}`}`
}

const tiers = ['', 'K', 'M', 'B', 'T']

/** `124K`, `85.9B`: three significant digits, for numbers of at least 1. */
export function compact(value: number): string {
  const rounded = Number(value.toPrecision(3))
  if (!Number.isFinite(rounded)) return String(value)
  const power = Math.max(0, Math.floor(Math.log10(Math.abs(rounded) * (1 + Number.EPSILON)) / 3))
  const tier = Math.min(tiers.length - 1, power)
  return `${grouped(Number(`${rounded}e${-3 * tier}`))}${tiers[tier]}`
}
