import { describe, expect, it } from 'vitest'
import { dumpPid, dumpTime, isDumpId, makeDumpId, readHiddenName, removedName, temporaryName } from './dump-id.js'

const now = Date.UTC(2026, 10, 24, 1, 35, 12, 123)

describe('ids of dumps', () => {
  it('say when, which process, which metric and which rule', () => {
    expect(makeDumpId(now, 4711, 'cpu', 'spike')).toBe('20261124T013512123Z-4711-cpu-spike')
    expect(makeDumpId(now, 4711, null, 'manual')).toBe('20261124T013512123Z-4711-manual')
    expect(makeDumpId(now, 4711, 'queueDepth', 'watermark', 3)).toBe('20261124T013512123Z-4711-queueDepth-watermark-3')
  })

  it('can be read again', () => {
    const id = makeDumpId(now, 4711, 'cpu', 'spike', 2)
    expect(dumpTime(id)).toBe(now)
    expect(dumpPid(id)).toBe(4711)
  })

  it.each([
    '..',
    '../20261124T013512123Z-4711-manual',
    '20261124T013512123Z-4711-manual/..',
    '20261124T013512123Z-4711-manual\n',
    '20261124T013512123Z-4711-manual\0',
    '20261124T013512123Z-4711-../../etc-spike',
    '20261124T013512123Z-4711-cpu-spike-0',
    '20261124T013512Z-4711-manual',
    '.tmp-20261124T013512123Z-4711-manual',
    '20261124T013512123Z--manual',
    '20261124T013512123Z-4711',
    '',
    undefined,
    null,
    42,
    { toString: () => '20261124T013512123Z-4711-manual' },
  ])('are nothing else: %j', value => {
    expect(isDumpId(value)).toBe(false)
  })

  it('are known in the hidden names of dumps that come and go', () => {
    const id = makeDumpId(now, 4711, 'cpu', 'spike')
    expect(readHiddenName(temporaryName(id))).toEqual({ id, kind: 'writing' })
    expect(readHiddenName(removedName(id, 'ab12'))).toEqual({ id, kind: 'removing' })
    expect(readHiddenName(id)).toBeUndefined()
    expect(readHiddenName('.tmp-of-somebody-else')).toBeUndefined()
    expect(readHiddenName('.del-')).toBeUndefined()
  })
})
