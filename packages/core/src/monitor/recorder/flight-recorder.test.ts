import { expect, it, vi } from 'vitest'
import type { RecordedWindow } from '../../link/recorded-window.js'
import { fakeLink } from '../../testing/hooks.js'
import { createFlightRecorder } from './flight-recorder.js'

const second = 1_000_000

/** A window of five seconds with one function of that name. */
function windowOf(functionName: string, startedAt: number): RecordedWindow {
  const callFrame = { scriptId: 1, url: 'app.js', lineNumber: 4, columnNumber: 1 }
  const json = JSON.stringify({
    nodes: [
      { id: 1, callFrame: { ...callFrame, functionName: '(root)' }, children: [2] },
      { id: 2, callFrame: { ...callFrame, functionName } },
    ],
    startTime: startedAt * second,
    endTime: (startedAt + 5) * second,
    samples: [2],
    timeDeltas: [0],
  })
  return {
    engine: 'v8-profiler-next',
    json,
    startedAt: startedAt * second,
    endedAt: (startedAt + 5) * second,
    pauseMs: 0.5,
  }
}

const linkThat = (rotate: () => Promise<RecordedWindow>) => fakeLink({ 'recorder.rotate': rotate })

function recorderOf(engine: 'v8-profiler-next' | null = 'v8-profiler-next') {
  const errors: string[] = []
  const recorder = createFlightRecorder({
    state: { engine, reason: null },
    window: 5000,
    onError: (what, error) => void errors.push(`${what}: ${(error as Error).message}`),
    patience: 20,
  })
  return { recorder, errors }
}

const functionsOf = (recording: { profile: { nodes: { callFrame: { functionName: string } }[] } } | null) =>
  recording?.profile.nodes.map(({ callFrame }) => callFrame.functionName)

it('the flight recorder makes one profile of the last windows and the one in progress', async () => {
  const { recorder } = recorderOf()
  for (const [index, name] of ['forgotten', 'a', 'b'].entries()) recorder.add(windowOf(name, 5 * index))
  const recording = await recorder.until(linkThat(async () => windowOf('c', 15)))
  expect(functionsOf(recording)).toEqual(['(root)', 'b', 'c'])
  expect(recording).toMatchObject({ engine: 'v8-profiler-next', pauseMs: 0.5 })
  // The addon counts lines from 1.
  expect(recording?.profile.nodes[1]?.callFrame.lineNumber).toBe(3)
})

it('the flight recorder does without the window in progress while the app thread does not answer, and takes it when it comes', async () => {
  const { recorder, errors } = recorderOf()
  recorder.add(windowOf('a', 0))
  let answer: (window: RecordedWindow) => void = () => {}
  const late = new Promise<RecordedWindow>(resolve => {
    answer = resolve
  })
  const recording = await recorder.until(linkThat(() => late))
  expect(functionsOf(recording)).toEqual(['(root)', 'a'])
  expect(recording?.pauseMs).toBe(0)
  answer(windowOf('b', 5))
  await vi.waitFor(() => expect(recorder.kept().windows).toBe(2))
  expect(errors).toEqual([])
})

it('the flight recorder does without it, and says so, when the app thread refuses', async () => {
  const { recorder, errors } = recorderOf()
  recorder.add(windowOf('a', 0))
  const recording = await recorder.until(linkThat(() => Promise.reject(new Error('no hooks'))))
  expect(functionsOf(recording)).toEqual(['(root)', 'a'])
  expect(errors).toEqual(['read the flight recorder: no hooks'])
})

it('the flight recorder has nothing where nothing was recorded', async () => {
  const refused = linkThat(() => Promise.reject(new Error('no hooks')))
  expect(await recorderOf().recorder.until(refused)).toBe(null)
  expect(await recorderOf(null).recorder.until(refused)).toBe(null)
})

it('the flight recorder takes a window that an earlier dump asked for and no longer waited for', async () => {
  const { recorder } = recorderOf()
  recorder.add(windowOf('a', 0))
  const recording = await recorder.until(linkThat(async () => ({ ...windowOf('c', 10), earlier: windowOf('b', 5) })))
  expect(functionsOf(recording)).toEqual(['(root)', 'b', 'c'])
})
