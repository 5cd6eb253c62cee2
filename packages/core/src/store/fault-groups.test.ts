import { describe, expect, it } from 'vitest'
import { type FaultyDump, faultGroupOf, type GroupedDumps, groupFaults } from './fault-groups.js'

describe('groups of faults', () => {
  const dump = (at: number, fingerprint: string, instance: string, version = '1.0.0'): FaultyDump => ({
    ...{ id: `${at}`, at, fault: { fingerprint, title: `${fingerprint} at ${at}` } },
    from: { service: 'shop', instance, version },
  })

  it('have count, pods, versions, first and last time, the newest dump and a chart; the last seen comes first', () => {
    const { faults, from, to } = groupFaults([
      dump(0, 'a', 'pod-1'),
      dump(24_000, 'b', 'pod-1', '1.1.0'),
      dump(1_000, 'a', 'pod-2'),
      dump(23_000, 'a', 'pod-1', '1.1.0'),
    ])
    const [b, a, ...none] = faults
    expect([none, from, to]).toEqual([[], new Date(0).toISOString(), new Date(24_000).toISOString()])
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
    expect(groupFaults([])).toEqual({ faults: [], from: null, to: null })
  })

  it('are those of a time and a service, with a chart of that time', () => {
    const dumps = [
      dump(1000, 'a', 'pod-1'),
      dump(5000, 'a', 'pod-2'),
      dump(6000, 'b', 'pod-2'),
      dump(9000, 'a', 'pod-1'),
    ]
    const { faults, from, to } = groupFaults(dumps, { since: 4000, until: 8000 })
    expect(faults.map(({ fingerprint, count }) => [fingerprint, count])).toEqual([
      ['b', 1],
      ['a', 1],
    ])
    expect(faults[1]?.chart.indexOf(1)).toBe(6)
    expect([from, to]).toEqual([new Date(4000).toISOString(), new Date(8000).toISOString()])
    expect(groupFaults(dumps, { service: 'mail' }).faults).toEqual([])
    // Later than any date: the same as no end.
    expect(groupFaults(dumps, { until: 1e17 })).toEqual(groupFaults(dumps))
  })

  it('are new since a version if their service had dumps of another one before, also outside of the time', () => {
    const dumps = [dump(1000, 'a', 'pod-1', '1.0.0'), dump(2000, 'b', 'pod-1', '1.1.0'), dump(3000, 'a', 'p', '1.2.0')]
    const of = (since: number) =>
      Object.fromEntries(
        groupFaults(dumps, { since }).faults.map(({ fingerprint, newSince }) => [fingerprint, newSince]),
      )
    expect(of(0)).toEqual({ a: undefined, b: '1.1.0' })
    expect(of(1500)).toEqual({ a: undefined, b: '1.1.0' })
  })

  it('stay resolved while known versions show them, and are open again when a newer one does', () => {
    const mark = {
      state: 'resolved',
      note: 'fixed by 12',
      at: new Date(1000).toISOString(),
      versions: ['1.0.0'],
    } as const
    const marks = new Map([['a', { ...mark, versions: [...mark.versions] }]])
    const stateAfter = (...dumps: FaultyDump[]) => {
      const [a] = groupFaults(dumps, {}, marks).faults
      return [a?.state, a?.note]
    }
    const first = dump(500, 'a', 'pod-1')
    expect(stateAfter(first)).toEqual(['resolved', 'fixed by 12'])
    expect(stateAfter(first, dump(2000, 'a', 'pod-2', '1.0.0'))).toEqual(['resolved', 'fixed by 12'])
    expect(stateAfter(first, dump(2000, 'a', 'pod-2', '1.1.0'))).toEqual(['reopened', 'fixed by 12'])
    expect(stateAfter(dump(500, 'b', 'pod-1'))).toEqual(['open', ''])
  })

  it('get title, headline and trigger from the newest dump, and its id as the reader knows it', () => {
    const [group] = groupFaults([dump(0, 'a', 'pod-1')]).faults as [GroupedDumps]
    const newest = { id: 'x.1', headline: 'CPU at 98%', metric: 'cpu', rule: 'spike' as const }
    const told = { ...newest, fault: { fingerprint: 'a', title: 'hash (src/orders.js)' } }
    const { id, ...texts } = newest
    expect(faultGroupOf(group, told)).toEqual({ ...group, ...texts, newest: id, title: 'hash (src/orders.js)' })
    expect(faultGroupOf(group, newest).title).toBe('cpu, spike')
    expect(faultGroupOf(group, { ...newest, metric: null, rule: 'crash' }).title).toBe('crash, crash')
  })
})
