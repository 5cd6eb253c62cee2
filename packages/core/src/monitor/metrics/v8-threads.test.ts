import { expect, it } from 'vitest'
import { createHelperReader } from './v8-threads.js'

/** A process 7 with these threads: name and milliseconds on a CPU. */
function processOf(threads: Record<string, [name: string, ms: number]>) {
  return {
    list: () => Object.keys(threads),
    read(path: string) {
      const [, id = '', file] = /task\/(\d+)\/(\w+)$/.exec(path) ?? []
      const thread = threads[id]
      if (!thread) throw new Error('ENOENT')
      return file === 'comm' ? `${thread[0]}\n` : `${thread[1] * 1e6} 0 1\n`
    },
  }
}

const unnamed = Object.fromEntries([7, 8, 9, 10, 11, 12, 20, 101].map(id => [id, ['node', 2 ** (id % 16)]])) as never

it('the helper threads of V8 are found by their names', () => {
  const tasks = processOf({
    7: ['MainThread', 1000],
    8: ['DelayedTaskSche', 1],
    9: ['V8Worker', 20],
    11: ['node-V8Worker', 30],
    12: ['libuv-worker', 400],
    13: ['resize', 500],
  })
  expect(createHelperReader('', tasks, 7)()).toBe(50)
})

it('threads without names are those of V8 that Node starts first, as many as its flags say', () => {
  expect(createHelperReader('', processOf(unnamed), 7)()).toBe(2 ** 8 + 2 ** 9 + 2 ** 10 + 2 ** 11 + 2 ** 12)
  expect(createHelperReader('--v8-pool-size=1', processOf(unnamed), 7)()).toBe(2 ** 8 + 2 ** 9)
})

it('there is no reading where threads cannot be listed', () => {
  const tasks = {
    list: () => {
      throw new Error('ENOENT')
    },
    read: () => '',
  }
  expect(createHelperReader('', tasks, 7)()).toBeNull()
})

it.runIf(process.platform === 'linux')('the helper threads of this process have worked', () => {
  expect(createHelperReader()()).toBeGreaterThan(0)
})
