import type { FastifyRequest } from 'fastify'

/** More than the admin routes take; a longer body is refused by its length anyway. */
const mostBytes = 65 * 1024

/** A body that a `preParsing` hook has read and handed on as another stream is left where Node's bridge looks for it. */
export async function bufferBody(raw: FastifyRequest['raw'], payload: unknown): Promise<void> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of payload as AsyncIterable<Uint8Array | string>) {
    const bytes = Buffer.from(chunk as Uint8Array)
    chunks.push(bytes)
    size += bytes.length
    if (size > mostBytes) break
  }
  if (size > 0) Object.assign(raw, { body: Buffer.concat(chunks) })
}
