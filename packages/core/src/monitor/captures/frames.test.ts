import { describe, expect, it, vi } from 'vitest'
import type { FramesLook } from '../../link/replies.js'
import type { FramesEvidence } from '../../model/frames.js'
import type { FrameReader, RawRead } from '../frames/frame-reader.js'
import type { CaptureContext } from './capture.js'
import { framesCapture } from './frames.js'

const beat = 1000

const raw = (at: number, more: Partial<RawRead> = {}): RawRead => ({
  at,
  pauseMs: 5,
  heartbeat: beat,
  frames: [
    {
      name: 'drain',
      url: 'file:///srv/app.js',
      begins: { lineNumber: 2, columnNumber: 14 },
      stands: { lineNumber: 4, columnNumber: 2 },
      variables: [JSON.stringify([['index', 'number', 3, null]])],
    },
  ],
  ...more,
})

const missed = (at: number) =>
  raw(at, { frames: raw(0).frames.map(frame => ({ ...frame, variables: ['[["index","unknown",null,null]]'] })) })

interface Situation {
  stuckFor?: number
  look?: Partial<FramesLook>
  attachMs?: number
  lastAttachMs?: number
  reads?: RawRead[]
  manual?: boolean
}

async function capture({ stuckFor = 900, look, attachMs = 10, lastAttachMs = 0, reads = [], manual }: Situation) {
  const left = [...reads]
  const read = vi.fn(async () => {
    const next = left.shift()
    if (!next) throw new Error('more reads than the test has')
    return next
  })
  const reader: FrameReader = { attachMs, read, end: vi.fn(async () => 1), close: vi.fn() }
  const open = vi.fn(async () => reader)
  const seen: FramesLook = { debuggerAt: null, depth: 7, inCall: null, heartbeat: beat, ...look }
  const context = {
    duration: 5,
    options: { frames: { maxPause: 250 } },
    trigger: { rule: manual ? 'manual' : 'watermark' },
    stuck: { stuckFor: () => stuckFor, heartbeat: () => beat, open, lastAttachMs: () => lastAttachMs },
    link: async () => ({ call: async () => seen }),
    wait: async () => ({ cutShort: false }),
  } as unknown as CaptureContext
  const [evidence] = await framesCapture.take(context)
  return { evidence, value: evidence?.value as FramesEvidence, open, reader, read }
}

describe('the capture of variables', () => {
  it('reads twice, and tells how long the app stood still in all', async () => {
    const { evidence, value, reader } = await capture({ reads: [raw(50), raw(400)] })
    expect(value).toMatchObject({ why: null, attachMs: 10, reads: [{ at: 0 }, { at: 350 }] })
    expect(evidence).toMatchObject({ file: 'frames.json', phase: 'during', pauseMs: 21 })
    expect(reader.end).toHaveBeenCalledOnce()
  })

  it('reads again what V8 had optimised away, four times at most', async () => {
    const found = await capture({ reads: [missed(0), missed(300), raw(600)] })
    expect(found.value.reads).toHaveLength(3)
    const never = await capture({ reads: [missed(0), missed(300), missed(600), missed(900), missed(1200)] })
    expect(never.value.reads).toHaveLength(4)
  })

  it('does not touch the app while the loop turns: a rule gets nothing, a person is told', async () => {
    const ofRule = await capture({ stuckFor: 20 })
    expect(ofRule.evidence).toBeUndefined()
    const byHand = await capture({ stuckFor: 20, manual: true })
    expect(byHand.value.why).toBe('the event loop was not blocked')
    expect([ofRule.open, byHand.open].flatMap(({ mock }) => mock.calls)).toEqual([])
  })

  it.each<[string, Situation, RegExp]>([
    ['a debugger may be attached', { look: { debuggerAt: 'ws://127.0.0.1:9229/x' } }, /^a debugger may be attached/],
    ['the stack is deep', { look: { depth: 101 } }, /more than 100 functions/],
    [
      'attaching took too long before',
      { lastAttachMs: 400 },
      /held up the app for 400 ms, and frames.maxPause allows 250/,
    ],
    ['the loop has turned', { look: { heartbeat: beat + 1 } }, /went on/],
    ['no code of the app is running', { look: { depth: 0 } }, /went on/],
  ])('attaches nothing where %s', async (_, situation, why) => {
    const { value, open, evidence } = await capture(situation)
    expect(value.why).toMatch(why)
    expect(value.reads).toEqual([])
    expect(open).not.toHaveBeenCalled()
    expect(evidence?.pauseMs).toBe(0)
  })

  it('makes no pause beyond the time that is allowed', async () => {
    const slow = await capture({ attachMs: 260 })
    expect(slow.read).not.toHaveBeenCalled()
    expect(slow.value.why).toMatch(/held up the app for 260 ms/)
    expect(slow.reader.end).toHaveBeenCalledOnce()
    const once = await capture({ attachMs: 100, reads: [raw(0, { pauseMs: 90 })] })
    expect(once.value.reads).toHaveLength(1)
  })

  it('keeps what it has read when the reader lets go of the app', async () => {
    const one = await capture({ reads: [raw(0)] })
    expect(one.value).toMatchObject({ why: null, reads: [{ at: 0 }] })
    const none = await capture({ reads: [] })
    expect(none.value).toMatchObject({ why: expect.stringContaining('went on'), reads: [] })
  })

  it('drops what it reads in a later turn of the loop', async () => {
    const { value, reader } = await capture({ reads: [raw(0, { heartbeat: beat + 50 })] })
    expect(value).toMatchObject({ reads: [], why: expect.stringContaining('went on') })
    expect(reader.end).toHaveBeenCalledOnce()
  })
})
