/** Lines of a source file around a place that a finding names. */
export interface SourceExcerpt {
  /** As findings name it. */
  file: string
  /** 1-based. */
  line: number
  /** Number of the first of `lines`. */
  from: number
  /** Without their ends; secrets and the queries of URLs removed. */
  lines: string[]
}
