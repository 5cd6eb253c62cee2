const sorted = list => list.toSorted((a, b) => a - b)
const at = (list, share) => sorted(list)[Math.floor(share * (list.length - 1))]

export const median = list => at(list, 0.5)

/** `0.993 [0.985 to 1.002]`: the median and the quartiles. */
export const spread = (list, digits = 3) =>
  `${median(list).toFixed(digits)} [${at(list, 0.25).toFixed(digits)} to ${at(list, 0.75).toFixed(digits)}]`

/** The names that `--only a,b` or `--without a,b` leave of `all`. Exits where one is not known. */
export function chosen(all, { only, without }) {
  const list = text => text?.split(',').map(name => name.trim())
  const unknown = [...(list(only) ?? []), ...(list(without) ?? [])].filter(name => !all.includes(name))
  if (unknown.length > 0) {
    console.error(`there is no ${unknown.join(', ')}; there are: ${all.join('; ')}`)
    process.exit(2)
  }
  return all.filter(name => (list(only)?.includes(name) ?? true) && !list(without)?.includes(name))
}
