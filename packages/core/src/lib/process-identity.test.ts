import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { identityOf, lifeOf } from './process-identity.js'
import { readIdentity } from './process-life.js'

const me = identityOf()

describe('whether a process lives', () => {
  it.runIf(process.platform === 'linux')('tells the living, the dead, and those who have a number again', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const identity = readIdentity({ pid: child.pid })
    expect(lifeOf(identity)).toBe('alive')
    expect(lifeOf({ ...identity, startTicks: '1' })).toBe('dead')
    expect(lifeOf({ ...identity, bootId: 'the boot before' })).toBe('dead')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(lifeOf(identity)).toBe('dead')
    expect(lifeOf(me)).toBe('alive')
  })

  it('does not judge by a number that counts elsewhere, nor by our own where nothing says since when it is ours', () => {
    expect(lifeOf({ ...me, host: 'another', pid: 2 ** 30 })).toBe('unknown')
    expect(lifeOf({ ...me, startTicks: null })).toBe('unknown')
  })
})
