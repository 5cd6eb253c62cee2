import { afterEach, describe, expect, it, vi } from 'vitest'
import { atHandledRejection } from './exit-hooks.js'

const added: (() => void)[] = []

afterEach(() => {
  for (const forget of added.splice(0)) forget()
})

const listeners = () => process.listeners('exit')

/** Files share a process: a hook of another one has its listener already. */
async function own() {
  vi.resetModules()
  return await import('./exit-hooks.js')
}

it('the exit hook is one listener of the process, however many there are, and none when all are gone', async () => {
  const { atExit, atUncaughtException, beforeExit } = await own()
  const before = [listeners().length, process.listenerCount('uncaughtExceptionMonitor')]
  for (let count = 0; count < 20; count++)
    added.push(
      beforeExit(() => {}),
      atExit(() => {}),
      atUncaughtException(() => {}),
    )
  expect([listeners().length, process.listenerCount('uncaughtExceptionMonitor')]).toEqual([
    (before[0] ?? 0) + 2,
    (before[1] ?? 0) + 1,
  ])
  for (const forget of added.splice(0)) {
    forget()
    forget()
  }
  expect([listeners().length, process.listenerCount('uncaughtExceptionMonitor')]).toEqual(before)
})

it('the exit hook comes before the listeners of the app, and whatever is thrown stays inside', async () => {
  const { atExit, beforeExit } = await own()
  const heard: string[] = []
  const ofApp = () => heard.push('app')
  process.on('exit', ofApp)
  added.push(() => process.off('exit', ofApp))
  added.push(
    atExit(code => heard.push(`at ${code}`)),
    beforeExit(() => {
      throw new Error('on purpose')
    }),
    beforeExit(() => heard.push('before')),
  )
  const ours = listeners()
  const known = [ours[0], ...ours.slice(ours.indexOf(ofApp))]
  for (const listener of known) listener?.call(process, 3)
  expect(heard).toEqual(['before', 'app', 'at 3'])
})

describe('handled rejections', () => {
  const count = () => process.listenerCount('unhandledRejection')
  const emit = (reason: unknown) => (process as NodeJS.EventEmitter).emit('unhandledRejection', reason)

  /** Takes the listeners of the test runner away for a moment: with them the app would always have one. */
  function alone(): void {
    const others = process.listeners('unhandledRejection')
    for (const other of others) process.off('unhandledRejection', other)
    added.push(() => {
      process.removeAllListeners('unhandledRejection')
      for (const other of others) process.on('unhandledRejection', other)
    })
  }

  it('are heard before the app, and only while it listens', () => {
    alone()
    const heard: unknown[] = []
    const forget = atHandledRejection(reason => {
      heard.push(['ours', reason])
      throw new Error('on purpose')
    })
    added.push(forget)
    expect(count()).toBe(0)
    const ofApp = (reason: unknown) => void heard.push(['app', reason])
    process.on('unhandledRejection', ofApp)
    emit(1)
    expect(heard).toEqual([
      ['ours', 1],
      ['app', 1],
    ])
    process.once('unhandledRejection', () => {})
    emit(2)
    expect(count()).toBe(2)
    process.off('unhandledRejection', ofApp)
    expect(count()).toBe(0)
    process.on('unhandledRejection', ofApp)
    process.removeAllListeners('unhandledRejection')
    expect(count()).toBe(0)
    process.once('unhandledRejection', ofApp)
    emit(3)
    expect([heard.at(-2), heard.at(-1), count()]).toEqual([['ours', 3], ['app', 3], 0])
  })

  it('are heard where the app listened first, and leave nothing behind', () => {
    alone()
    const hooks = () => process.listenerCount('newListener') + process.listenerCount('removeListener')
    const before = hooks()
    const heard: unknown[] = []
    process.on('unhandledRejection', () => {})
    const forget = [atHandledRejection(reason => heard.push(reason)), atHandledRejection(reason => heard.push(reason))]
    emit(1)
    expect([heard, count()]).toEqual([[1, 1], 2])
    for (const one of forget) one()
    emit(2)
    expect([heard, count(), hooks()]).toEqual([[1, 1], 1, before])
  })
})

describe('a SIGTERM that the app handles', () => {
  const count = () => process.listenerCount('SIGTERM')
  const emit = () => (process as NodeJS.EventEmitter).emit('SIGTERM', 'SIGTERM')
  const turn = () => new Promise<void>(resolve => process.nextTick(resolve))

  /** Takes the listeners of the test runner away for a moment. */
  function alone(): void {
    const others = process.listeners('SIGTERM')
    for (const other of others) process.off('SIGTERM', other)
    added.push(() => {
      process.removeAllListeners('SIGTERM')
      for (const other of others) process.on('SIGTERM', other)
    })
  }

  it('is heard before the app, and only while it listens', async () => {
    const { atHandledSigterm } = await own()
    alone()
    const heard: string[] = []
    const forget = atHandledSigterm(() => heard.push('ours'))
    added.push(forget)
    expect(count()).toBe(0)
    const ofApp = () => void heard.push('app')
    process.on('SIGTERM', ofApp)
    expect(count()).toBe(2)
    process.off('SIGTERM', ofApp)
    await turn()
    expect(count()).toBe(0)
    process.on('SIGTERM', ofApp)
    expect(count()).toBe(2)
    emit()
    expect(heard).toEqual(['ours', 'app'])
    forget()
    expect(count()).toBe(1)
  })

  it('leaves no listener of ours to the app from then on: some end the process if they are alone', async () => {
    const { atHandledSigterm } = await own()
    alone()
    const heard: string[] = []
    added.push(atHandledSigterm(() => heard.push('ours')))
    const seen: number[] = []
    const see = () => void seen.push(count())
    process.once('SIGTERM', see)
    process.on('SIGTERM', see)
    emit()
    // Each `once` is gone when it is called.
    expect(seen).toEqual([1, 1])
    await turn()
    expect(process.listeners('SIGTERM')).toEqual([see])
    process.once('SIGTERM', see)
    await turn()
    emit()
    expect([heard, count()]).toEqual([['ours'], 1])
  })

  it('keeps nothing alive when the app has taken all of its listeners away', async () => {
    const { atHandledSigterm } = await own()
    alone()
    added.push(atHandledSigterm(() => {}))
    for (let times = 0; times < 3; times++) process.on('SIGTERM', () => {})
    expect(count()).toBe(4)
    process.removeAllListeners('SIGTERM')
    await turn()
    expect(count()).toBe(0)
  })

  it('makes Node warn of no leak, and is back when there is room', async () => {
    const { atHandledSigterm } = await own()
    alone()
    added.push(atHandledSigterm(() => {}))
    const theirs = Array.from({ length: process.getMaxListeners() }, () => () => {})
    const warned: string[] = []
    const warn = ({ name }: Error) => void warned.push(name)
    process.on('warning', warn)
    added.push(() => process.off('warning', warn))
    for (const listener of theirs) process.on('SIGTERM', listener)
    await new Promise(resolve => setImmediate(resolve))
    expect([warned, count()]).toEqual([[], theirs.length])
    process.off('SIGTERM', theirs[0] as () => void)
    await turn()
    expect(count()).toBe(theirs.length)
    process.removeAllListeners('SIGTERM')
    await turn()
    expect(count()).toBe(0)
  })

  it('is heard in an app with two copies of autodump, which leave together', async () => {
    const [one, other] = [await own(), await own()]
    alone()
    const heard: string[] = []
    added.push(one.atHandledSigterm(() => heard.push('one')))
    added.push(other.atHandledSigterm(() => heard.push('other')))
    const ofApp = () => void heard.push(`app beside ${count() - 1}`)
    process.on('SIGTERM', ofApp)
    expect(count()).toBe(3)
    emit()
    expect(heard.sort()).toEqual(['app beside 0', 'one', 'other'])
  })

  it('keeps nothing alive in an app with two copies of autodump', async () => {
    const [one, other] = [await own(), await own()]
    alone()
    added.push(
      one.atHandledSigterm(() => {}),
      other.atHandledSigterm(() => {}),
    )
    const ofApp = () => {}
    process.on('SIGTERM', ofApp)
    expect(count()).toBe(3)
    process.off('SIGTERM', ofApp)
    await turn()
    expect(count()).toBe(0)
  })

  it('is heard beside somebody else who listens as soon as anybody does', async () => {
    const { atHandledSigterm } = await own()
    alone()
    const other = () => {}
    const follow = (event: string | symbol, listener: unknown) => {
      if (event === 'SIGTERM' && listener !== other && !process.listeners('SIGTERM').includes(other))
        process.prependListener('SIGTERM', other)
    }
    process.on('newListener', follow)
    added.push(() => process.off('newListener', follow))
    const heard: string[] = []
    added.push(atHandledSigterm(() => heard.push('ours')))
    process.on('SIGTERM', () => {})
    emit()
    expect(heard).toEqual(['ours'])
  })

  it('leaves nothing behind', async () => {
    const { atHandledSigterm } = await own()
    alone()
    const hooks = () => process.listenerCount('newListener') + process.listenerCount('removeListener')
    const before = hooks()
    process.on('SIGTERM', () => {})
    const forget = [atHandledSigterm(() => {}), atHandledSigterm(() => {})]
    expect(count()).toBe(2)
    for (const one of forget) one()
    expect([count(), hooks()]).toEqual([1, before])
  })
})
