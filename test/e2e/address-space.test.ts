import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { eventually, noRules, startServer, temporaryDirectory } from '../support.js'

/** Kilobytes that Node reserves for a program of nothing. */
const reserved = () =>
  Number(
    execFileSync(process.execPath, [
      '-p',
      `/VmPeak:\\s+(\\d+)/.exec(require('fs').readFileSync('/proc/self/status', 'utf8'))[1]`,
    ]),
  )

/** Enough for an ordinary program, and too little for a thread. */
const room = 760 * 1024

const limit = process.platform === 'linux' ? reserved() + room : 0

/** For `sh -c`, before the arguments of Node. */
const limited = `ulimit -v ${limit} && exec '${process.execPath}' "$@"`

const listens = `require('http').createServer().listen(0, function () { this.close() })`

// Some versions of Node need more than that for HTTP alone.
const isPossible = limit > 0 && spawnSync('sh', ['-c', limited, 'sh', '-e', listens]).status === 0

describe.skipIf(!isPossible)('a limit of the address space (ulimit -v)', () => {
  it('leaves the app alive: the monitor does without a thread, and says why', async () => {
    const execPath = join(temporaryDirectory(), 'node-with-limit')
    writeFileSync(execPath, `#!/bin/sh\n${limited}\n`, { mode: 0o700 })
    const server = await startServer({ interval: 100, thresholds: noRules }, { execPath })
    const { thread } = await eventually('a sample', async () => {
      const status = await server.status()
      return status.sample && status
    })
    expect(thread.mode).toBe('app-thread')
    expect(thread.degraded).toMatch(/a thread needs .* of address space, and the limit \(ulimit -v\) leaves /)
    expect([server.child.exitCode, server.child.signalCode]).toEqual([null, null])
  })
})
