/** What autodump logs to: pino, Fastify's `app.log`, `console` and most others have this shape. */
export interface Logger {
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}

/** The default. Standard error, since the standard output of a command-line tool is its result. */
export const stderrLogger: Logger = { info: console.error, warn: console.error, error: console.error }

/** The same logger, unable to hurt us by throwing. */
export function contained(logger: Logger): Logger {
  const wrap = (level: keyof Logger) => (message: string) => {
    try {
      logger[level](message)
    } catch {
      // There is nowhere left to say it.
    }
  }
  return { info: wrap('info'), warn: wrap('warn'), error: wrap('error') }
}
