import type { Worker } from 'node:worker_threads'
import { AutodumpError, invalid, messageOf } from '../lib/errors.js'
import type { EngineCalls } from '../link/engine-calls.js'
import { type FromThread, fromWire, type ToThread } from '../link/messages.js'

export interface ThreadCalls {
  send<K extends keyof EngineCalls>(thread: Worker, name: K, args: Parameters<EngineCalls[K]>): Promise<never>
  /** An answer has come. */
  settle(answer: Extract<FromThread, { id: number }>): void
  /** No answer will come any more: rejects all that wait for one with `STOPPED`. */
  abandon(why: string): void
}

/** Whether the call may take long: the process is free to end meanwhile, unless `trigger` awaits it. */
export const isPatient = (name: keyof EngineCalls): boolean => patient.has(name)

const patient = new Set<keyof EngineCalls>(['settled', 'recorded', 'askInstance', 'endAsked'])

/** The calls of the app thread to the engine in the monitor thread, and their answers. */
export function createThreadCalls(): ThreadCalls {
  const pending = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let nextCall = 1
  return {
    send: (thread, name, args) =>
      new Promise<never>((resolve, reject) => {
        const id = nextCall++
        try {
          thread.postMessage({ call: name, id, args } satisfies ToThread)
        } catch (error) {
          return reject(invalid('request', [{ field: '', message: `must be plain data: ${messageOf(error)}` }]))
        }
        pending.set(id, { resolve, reject })
      }),
    settle(answer) {
      const call = pending.get(answer.id)
      pending.delete(answer.id)
      if ('error' in answer) call?.reject(fromWire(answer.error))
      else call?.resolve(answer.value as never)
    },
    abandon(why) {
      for (const { reject } of pending.values()) reject(new AutodumpError('STOPPED', why, { retryAfter: 1000 }))
      pending.clear()
    },
  }
}
