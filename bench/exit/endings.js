/** A handler runs when the loop turns, and something has to keep that going. */
const signalled = signal => () => {
  setTimeout(() => {}, 60_000)
  process.kill(process.pid, signal)
}

// How a program ends, by name: called as early as possible, each gives the function that ends it.
export const endings = {
  throw: () => () => {
    throw new Error('thrown on purpose')
  },
  reject: () => () => void Promise.reject(new Error('rejected on purpose')),
  exit: () => () => process.exit(7),
  'exit in exit': () => {
    process.on('exit', () => process.exit(8))
    return () => process.exit(7)
  },
  // It is over when nothing is left to do.
  exitCode: () => () => {
    process.exitCode = 5
  },
  abort: () => () => process.abort(),
  reallyExit: () => () => process.reallyExit(6),
  SIGTERM: () => () => process.kill(process.pid, 'SIGTERM'),
  SIGINT: () => () => process.kill(process.pid, 'SIGINT'),
  SIGKILL: () => () => process.kill(process.pid, 'SIGKILL'),
  'SIGTERM, handled': () => {
    process.on('SIGTERM', () => process.exit(9))
    return signalled('SIGTERM')
  },
  'SIGINT, handled': () => {
    process.on('SIGINT', () => process.exit(10))
    return signalled('SIGINT')
  },
}
