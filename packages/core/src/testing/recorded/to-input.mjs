/**
 * A recorded incident as the analysis gets it.
 *
 * @param {{ evidence: [string, unknown[]][], written?: [string, unknown][] }} incident
 */
export function toInput({ evidence, written = [], ...incident }) {
  const places = new Map(written)
  return {
    ...incident,
    evidence: new Map(evidence.map(([kind, values]) => [kind, values.map(value => value ?? undefined)])),
    originalOf: ({ url, line, column, name }) => places.get(JSON.stringify([url, line, column, name])) ?? null,
  }
}
