import { getHeapStatistics } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { heapLimitOfThread, oldGenerationLimit, youngBytes } from './heap-limit.js'

const MiB = 1024 ** 2

describe('the limit of the heap', () => {
  it.each([
    ['what V8 says, without a flag', [], 4144],
    ['the flag', ['--max-old-space-size=200'], 200],
    ['the flag with underscores', ['--max_old_space_size=200'], 200],
    ['the last of several', ['--max-old-space-size=200', '--max-old-space-size=300'], 300],
    ['what V8 says where the flag means "default"', ['--max-old-space-size=0'], 4144],
    ['what V8 says where the flag is more', ['--max-old-space-size=9000'], 4144],
    ['not a flag of another name', ['--max-old-space-size-percentage=50', '--stack-size=200'], 4144],
  ])('is %s', (_, flags, expected) => {
    expect(oldGenerationLimit(4144 * MiB, flags)).toBe(expected * MiB)
  })

  it('is that of the worker in a worker', () => {
    expect(oldGenerationLimit(248 * MiB, ['--max-old-space-size=3000'], 100)).toBe(100 * MiB)
  })

  it('is above what is in use here', () => {
    expect(heapLimitOfThread()).toBeGreaterThan(getHeapStatistics().used_heap_size - youngBytes())
    expect(youngBytes()).toBeLessThan(getHeapStatistics().used_heap_size)
  })
})
