import type { OutboundContext, OutboundSource } from './outbound-source.js'
import { createPendingCalls, type PendingCall, type PendingCalls, type PendingCallsOptions } from './pending-calls.js'
import { createSubscriptions } from './subscriptions.js'

export interface ChannelSourceParts<T extends object> extends PendingCallsOptions<T> {
  /** By the name of the channel. */
  listeners(calls: PendingCalls<T>): Record<string, (message: unknown) => void>
  /** Names the failure of a listener. */
  what: string
  describe(call: PendingCall<T>): ReturnType<OutboundSource['describe']>
}

/** Outbound calls that a client announces on channels of `node:diagnostics_channel`. */
export function createChannelSource<T extends object>(
  { onError, ...context }: OutboundContext,
  { listeners, what, describe, ...options }: ChannelSourceParts<T>,
) {
  const calls = createPendingCalls<T>(context, options)
  const { start, stop } = createSubscriptions(listeners(calls), error => onError(what, error))
  return {
    start,
    stop() {
      stop()
      calls.clear()
    },
    calls,
    describe: (call: PendingCall<object>) => describe(call as PendingCall<T>),
  } satisfies OutboundSource
}
