/** The ids of W3C Trace Context: 32 and 16 hexadecimal digits in small letters. */
export interface TraceContext {
  traceId: string
  /** Of a request: the span of the caller, as its header `traceparent` says. */
  spanId: string
}

/** A trace that evidence refers to, with the address of its page where `links.trace` is set. */
export interface TraceLink extends TraceContext {
  traceUrl?: string
}

/** The address of a trace by a template such as `https://tempo.example/trace/{traceId}`. */
export const traceUrlOf = (template: string, { traceId, spanId }: TraceContext): string =>
  template.replaceAll('{traceId}', traceId).replaceAll('{spanId}', spanId)
