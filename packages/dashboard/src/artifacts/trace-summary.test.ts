import { expect, test } from 'vitest'
import { summarizeTrace } from './trace-summary.ts'

test('events are counted by category, the most frequent first, without metadata', () => {
  const summary = summarizeTrace({
    traceEvents: [
      { ph: 'M', cat: '__metadata', name: 'thread_name' },
      { ph: 'b', cat: 'node,node.http', name: 'http.server.request', ts: 1000 },
      { ph: 'e', cat: 'node,node.http', name: 'http.server.request', ts: 4000 },
      { ph: 'X', cat: 'v8', name: 'V8.GC', ts: 2000, dur: 5000 },
    ],
    otherData: { eventsLeftOut: 7 },
  })
  expect(summary).toEqual({
    events: 3,
    leftOut: 7,
    spanMs: 6,
    hasSlices: true,
    categories: [
      { category: 'node,node.http', events: 2, names: [{ name: 'http.server.request', events: 2 }], spanMs: 3 },
      { category: 'v8', events: 1, names: [{ name: 'V8.GC', events: 1 }], spanMs: 5 },
    ],
  })
})

test('a trace without events is summed up too', () => {
  expect(summarizeTrace({ traceEvents: [] })).toEqual({
    events: 0,
    leftOut: 0,
    spanMs: 0,
    hasSlices: false,
    categories: [],
  })
})
