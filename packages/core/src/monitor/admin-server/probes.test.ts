import { describe, expect, it } from 'vitest'
import type { AdminHandler } from '../../http/admin-handler.js'
import { judgeProbe, type ProbeFacts, type ProbeState, withProbes } from './probes.js'

const limits = { stuckAfter: 10_000, evidenceWithin: 60_000 }

describe('judgeProbe', () => {
  const judge = (facts: Partial<ProbeFacts>) =>
    judgeProbe({ blockedFor: 0, isCapturing: false, isEvidenceSafe: false, ...facts }, limits)

  it.each<[string, Partial<ProbeFacts>, ProbeState]>([
    ['a process whose event loop turns', {}, 'ok'],
    ['one that was blocked for a moment', { blockedFor: 400 }, 'ok'],
    ['one that is blocked', { blockedFor: 1000 }, 'busy'],
    ['one that stands still for a capture', { isCapturing: true }, 'busy'],
    ['one with an old dump, blocked for too short a time', { blockedFor: 9999, isEvidenceSafe: true }, 'busy'],
    ['a stuck one whose evidence is not safe', { blockedFor: 10_000 }, 'busy'],
    ['a stuck one with another capture going', { blockedFor: 10_000, isEvidenceSafe: true, isCapturing: true }, 'busy'],
    ['a stuck one whose evidence is safe', { blockedFor: 10_000, isEvidenceSafe: true }, 'stuck'],
    ['a stuck one whose evidence was given up', { blockedFor: 70_000, isCapturing: true }, 'stuck'],
  ])('%s', (_name, facts, state) => expect(judge(facts)).toBe(state))
})

describe('withProbes', () => {
  const handler: AdminHandler = Object.assign(async () => new Response('of the handler'), { prefix: '/debug/autodump' })

  async function ask(path: string, state: ProbeState, method = 'GET') {
    const response = await withProbes(handler, () => state)(new Request(`http://pod${path}`, { method }))
    return { status: response.status, text: await response.text() }
  }

  it.each(['/livez', '/readyz', '/debug/autodump/livez', '/debug/autodump/readyz'])('answers %s', async path => {
    expect(await ask(path, 'ok')).toEqual({ status: 200, text: '{"state":"ok"}' })
    expect(await ask(path, 'busy')).toEqual({ status: 200, text: '{"state":"busy"}' })
    expect(await ask(path, 'stuck')).toEqual({ status: 503, text: '{"state":"stuck"}' })
  })

  it('only reads', async () => expect((await ask('/livez', 'ok', 'POST')).status).toBe(405))

  it('leaves everything else to the handler', async () => {
    for (const path of ['/', '/livez/x', '/debug/autodump', '/debug/autodump/status', '/debug/livez'])
      expect(await ask(path, 'ok')).toEqual({ status: 200, text: 'of the handler' })
  })
})
