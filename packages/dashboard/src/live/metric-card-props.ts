import type { Sample, Status, Threshold } from '../api/types.ts'
import type { Mark } from './marks.ts'
import type { RuleSettings } from './settings.ts'
import type { Span } from './window.ts'

export interface MetricCardProps {
  metric: string
  standing: Status['metrics'][string]
  threshold: Threshold | undefined
  settings: RuleSettings
  samples: readonly Sample[]
  span: Span
  interval: number
  /** All dumps in the span, also those of other metrics. */
  marks: readonly Mark[]
  captures: readonly Span[]
  blocked: readonly Span[]
  /** Why there is no reading, where somebody said so. */
  trouble: string | undefined
}
