/** The logger of autodump: pino, Fastify's `app.log`, `console` and most others have this shape. */
export interface Logger {
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}

/** The default. Standard error, since the standard output of a command-line tool is its result. */
export const stderrLogger: Logger = { info: toStandardError, warn: toStandardError, error: toStandardError }

let hushed = 0

const ignore = () => {}

/**
 * The app may have closed the descriptor, so that the write fails. The stream then emits an event a moment later, which
 * would end the process.
 */
function toStandardError(message: string): void {
  if (hushed++ === 0) process.stderr.on('error', ignore)
  setImmediate(() => {
    if (--hushed === 0) process.stderr.off('error', ignore)
  }).unref()
  console.error(message)
}

/** The same logger, with its exceptions caught. */
export function contained(logger: Logger): Logger {
  const wrap = (level: keyof Logger) => (message: string) => {
    try {
      logger[level](message)
    } catch {
      // There is nowhere left to log it.
    }
  }
  return { info: wrap('info'), warn: wrap('warn'), error: wrap('error') }
}
