import { describe, expect, it, vi } from 'vitest'
import type { Evidence } from '../model/evidence.js'
import type { Manifest } from '../model/manifest.js'
import { createFirstManifest } from './first-manifest.js'

const piece = (phase: Evidence['phase']): Evidence => ({ file: 'cpu.cpuprofile', phase, content: '{}', value: phase })
const summary = { text: 'parse took 99% of the busy time', findings: [] }
const requests = { kind: 'requests' as const, evidence: [], entries: [] }

function setUp(parts: { isOver?: () => boolean; write?: () => Promise<void> } = {}) {
  const described: unknown[] = []
  const written: Manifest[] = []
  const tell = vi.fn()
  const onError = vi.fn()
  const kept = createFirstManifest({
    soFar: async () => [requests],
    async describe(taken) {
      described.push(taken)
      return { state: 'complete', summary } as unknown as Manifest
    },
    write: parts.write ?? (async manifest => void written.push(manifest)),
    tell,
    isOver: parts.isOver ?? (() => false),
    onError,
  })
  return { kept, described, written, tell, onError }
}

describe('the first manifest of a dump', () => {
  it('is of the recorded profile and of what is there beside it, partial, once', async () => {
    const { kept, described, written, tell } = setUp()
    kept('cpu-profile', piece('before'))
    kept('cpu-profile', piece('before'))
    await vi.waitFor(() => expect(tell).toHaveBeenCalled())
    expect(described).toEqual([[requests, { kind: 'cpu-profile', evidence: [piece('before')], entries: [] }]])
    expect(written).toEqual([{ state: 'partial', summary }])
    expect(tell.mock.calls).toEqual([[summary]])
  })

  it('waits for the recorded profile', async () => {
    const { kept, described } = setUp()
    kept('cpu-profile', piece('during'))
    await new Promise(resolve => setImmediate(resolve))
    expect(described).toEqual([])
  })

  it('comes too late where the dump is over, and is silent then', async () => {
    const { kept, described, onError } = setUp({ isOver: () => true })
    kept('cpu-profile', piece('before'))
    await new Promise(resolve => setImmediate(resolve))
    expect([described, onError.mock.calls]).toEqual([[], []])
  })

  it('that cannot be written is told of, and the dump goes on', async () => {
    const { kept, tell, onError } = setUp({ write: async () => Promise.reject(new Error('no space')) })
    kept('cpu-profile', piece('before'))
    await vi.waitFor(() =>
      expect(onError).toHaveBeenCalledWith(
        'describe a dump in progress',
        expect.objectContaining({ message: 'no space' }),
      ),
    )
    expect(tell).not.toHaveBeenCalled()
  })
})
