import { describe, expect, it } from 'vitest'
import { type FaultyDump, groupFaults } from './fault-groups.js'

describe('groups of faults', () => {
  const dump = (at: number, fingerprint: string, instance: string, version = '1.0.0'): FaultyDump => ({
    ...{ id: `${at}`, at, fault: { fingerprint, title: `${fingerprint} at ${at}` } },
    from: { service: 'shop', instance, version },
  })

  it('have count, pods, versions, first and last time, the newest dump and a chart; the last seen comes first', () => {
    const [b, a, ...none] = groupFaults([
      dump(0, 'a', 'pod-1'),
      dump(24_000, 'b', 'pod-1', '1.1.0'),
      dump(1_000, 'a', 'pod-2'),
      dump(23_000, 'a', 'pod-1', '1.1.0'),
    ])
    expect(none).toEqual([])
    expect(b).toMatchObject({ fingerprint: 'b', count: 1, instances: 1, versions: ['1.1.0'], newest: '24000' })
    expect(a).toMatchObject({
      ...{
        fingerprint: 'a',
        title: 'a at 23000',
        count: 3,
        instances: 2,
        versions: ['1.0.0', '1.1.0'],
        newest: '23000',
      },
      ...{ firstAt: new Date(0).toISOString(), lastAt: new Date(23_000).toISOString(), services: ['shop'] },
    })
    expect(a?.chart).toHaveLength(24)
    expect([a?.chart[0], a?.chart[1], a?.chart[23]]).toEqual([1, 1, 1])
    expect(groupFaults([])).toEqual([])
  })
})
