import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { readChildWait, readNativeCall } from './native-call.js'

describe('what the main thread waits for in the kernel', () => {
  const read = (arch: string, line: string) =>
    readNativeCall(
      arch,
      () => line,
      fd => (fd === 1 ? 'a pipe' : null),
    )

  it('is told by the number of the call and its descriptor', () => {
    expect(read('x64', '1 0x1 0x7f00 0x1000 0x0 0x0 0x0 0x7ffd 0x7f95\n')).toBe('a write to file descriptor 1 (a pipe)')
    expect(read('arm64', '64 0x1 0x7f00 0x1000 0x0 0x0 0x0 0x7ffd 0x7f95\n')).toBe(
      'a write to file descriptor 1 (a pipe)',
    )
    expect(read('x64', '0 0x15 0x7f00 0x1000 0x0 0x0 0x0 0x7ffd 0x7f95\n')).toBe('a read from file descriptor 21')
    expect(read('x64', '61 0x4d2 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f95\n')).toBe('a wait for a child process')
  })

  it('is nothing where it runs, where the call is an unknown one, or where nobody tells', () => {
    expect(read('x64', 'running\n')).toBeNull()
    expect(read('x64', '9999 0x1 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f95\n')).toBeNull()
    expect(read('riscv64', '64 0x1 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f95\n')).toBeNull()
    expect(
      readNativeCall('x64', () => {
        throw new Error('ENOENT')
      }),
    ).toBeNull()
  })

  it.skipIf(process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch))(
    'shows a write to a pipe that nobody reads',
    async () => {
      const source = 'require("node:fs").writeSync(1, Buffer.alloc(1 << 20))'
      const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] })
      const ofChild = (path: string) => path.replace(`/self/task/${process.pid}/`, `/${child.pid}/task/${child.pid}/`)
      const readChild = (path: string) => readFileSync(ofChild(path), 'latin1')
      try {
        await vi.waitFor(
          () =>
            expect(readNativeCall(process.arch, readChild, () => 'a pipe')).toBe(
              'a write to file descriptor 1 (a pipe)',
            ),
          { timeout: 20_000 },
        )
      } finally {
        child.kill('SIGKILL')
      }
    },
  )
})

describe('the child process that a silent main thread waits for', () => {
  const thread = `/proc/self/task/${process.pid}`
  const wait = (files: Record<string, string>, arch = 'x64') =>
    readChildWait(arch, path => {
      const text = files[path]
      if (text === undefined) throw new Error('ENOENT')
      return text
    })
  const events = '281 0xd 0x7ffd 0x400 0xffffffff 0x0 0x8 0x7ffd 0x7f95\n'

  it('is told by its program, where the kernel lists children', () => {
    const files = { [`${thread}/syscall`]: events, [`${thread}/children`]: '71 72 ', '/proc/72/comm': 'ffmpeg\n' }
    expect(wait(files)).toBe('a synchronous wait for a child process: ffmpeg')
    expect(wait({ [`${thread}/syscall`]: events })).toBe('a synchronous wait for a child process')
  })

  it('is nothing in any other call, or where nobody tells', () => {
    expect(wait({ [`${thread}/syscall`]: '1 0x1 0x7f00\n' })).toBeNull()
    expect(wait({ [`${thread}/syscall`]: 'running\n' })).toBeNull()
    expect(wait({})).toBeNull()
    expect(wait({ [`${thread}/syscall`]: events }, 'riscv64')).toBeNull()
  })
})
