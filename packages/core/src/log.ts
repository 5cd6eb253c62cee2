/** What autodump logs to: pino, Fastify's `app.log`, `console` and most others have this shape. */
export interface Logger {
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}
