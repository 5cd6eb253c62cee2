import type { CapturingDump, Decision, Sample, Status } from '../api/types.ts'

/** News of one process, from its stream or from polling. */
export interface LiveEvents {
  onStatus(news: Status): void
  onSamples(news: Sample[], interval?: number): void
  onDecision(decision: Decision): void
  onCapture(dump: CapturingDump | null): void
  onDump(): void
  onConnection(state: 'connecting' | 'open' | 'lost'): void
}
