/** Whether a gzip response is allowed, with at least the preference of a plain one (RFC 9110 §12.5.3). */
export function acceptsGzip(header: string | null): boolean {
  const weights = weightsOf(header)
  const gzip = weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0
  return gzip > 0 && gzip >= (weights.get('identity') ?? 0)
}

/** Whether the request is a navigation of a browser. */
export function wantsHtml(header: string | null): boolean {
  return (weightsOf(header).get('text/html') ?? 0) > 0
}

/** Whether the client prefers OpenMetrics to the older format of Prometheus, as Prometheus itself does. */
export function wantsOpenMetrics(header: string | null): boolean {
  const weights = weightsOf(header)
  const weight = weights.get('application/openmetrics-text') ?? 0
  return weight > 0 && weight >= (weights.get('text/plain') ?? 0)
}

/** Names and their q-values, the highest for repeated names; 1 if none is given, 0 if it is not a number. */
function weightsOf(header: string | null): Map<string, number> {
  const weights = new Map<string, number>()
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [name, ...parameters] = part.split(';').map(text => text.trim())
    const q = parameters.find(parameter => parameter.startsWith('q='))
    if (!name) continue
    const weight = q === undefined ? 1 : Number(q.slice(2)) || 0
    weights.set(name, Math.max(weight, weights.get(name) ?? 0))
  }
  return weights
}

/** `If-Match`: by the strong comparison, so a weak tag never matches. */
export function matchesStrongly(header: string, etag: string): boolean {
  return header.trim() === '*' || (!etag.startsWith('W/') && tagsIn(header).includes(etag))
}

/** `If-None-Match`: by the weak comparison. */
export function matchesWeakly(header: string | null, etag: string): boolean {
  if (header === null) return false
  const opaque = (tag: string) => tag.replace(/^W\//, '')
  return header.trim() === '*' || tagsIn(header).some(tag => opaque(tag) === opaque(etag))
}

function tagsIn(header: string): string[] {
  return header.match(/(?:W\/)?"[^"]*"/g) ?? []
}

/** The form for the header: in double quotes. */
export function quoted(etag: string): string {
  return /^(W\/)?"/.test(etag) ? etag : `"${etag}"`
}
