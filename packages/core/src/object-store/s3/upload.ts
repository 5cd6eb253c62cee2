import { type ObjectSource, ObjectStoreError, type PutOptions } from '../object-store.js'
import type { S3Client } from './client.js'
import { textOf } from './xml.js'

/** Bytes. Content up to this size is one request. */
const partSize = 8 * 1024 ** 2

/** One buffer for all uploads of the process: a new one for each part takes four times as much memory (docs/cost.md). */
export function createUploader(client: S3Client, headers: Record<string, string>) {
  let buffer: Uint8Array | undefined
  /** One upload at a time, since they share the buffer. */
  let last: Promise<unknown> = Promise.resolve()

  async function whole(key: string, source: ObjectSource, { contentType, signal }: PutOptions): Promise<void> {
    const body = (buffer as Uint8Array).subarray(0, source.size)
    await source.read(body, 0)
    await client.ask({
      ...{ method: 'PUT', key, body, proof: 'etag', signal },
      headers: { ...headers, ...(contentType ? { 'content-type': contentType } : {}) },
      ...(source.sha256 ? { sha256: source.sha256 } : {}),
    })
  }

  async function begin(key: string, { contentType, signal }: PutOptions): Promise<string> {
    const answer = await client.ask({
      ...{ method: 'POST', key, query: { uploads: '' }, signal },
      proof: { root: 'InitiateMultipartUploadResult' },
      headers: { ...headers, ...(contentType ? { 'content-type': contentType } : {}) },
    })
    const id = textOf(answer.text, 'UploadId')
    if (!id) throw client.refusal('the store began an upload without a name for it')
    return id
  }

  async function inParts(key: string, source: ObjectSource, options: PutOptions): Promise<void> {
    const { signal, onPartial } = options
    const size = options.resume?.partSize ?? partSize
    const upload = options.resume ?? { id: await begin(key, options), partSize: size, etags: [] }
    await onPartial?.(upload)
    for (let part = upload.etags.length; part * size < source.size; part++) {
      const body = (buffer as Uint8Array).subarray(0, Math.min(size, source.size - part * size))
      await source.read(body, part * size)
      const query = { partNumber: String(part + 1), uploadId: upload.id }
      const { headers } = await client.ask({ method: 'PUT', key, query, body, proof: 'etag', signal })
      upload.etags.push(headers.etag ?? '')
      await onPartial?.(upload)
    }
    await complete(key, source, upload, signal)
    await onPartial?.(null)
  }

  async function complete(
    key: string,
    source: ObjectSource,
    { id, etags }: { id: string; etags: string[] },
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const parts = etags.map(
      (etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${escaped(etag)}</ETag></Part>`,
    )
    const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`)
    try {
      // The ETag in the answer of some stores is empty.
      await client.ask({
        ...{ method: 'POST', key, query: { uploadId: id }, body, signal },
        proof: { root: 'CompleteMultipartUploadResult' },
        headers: { 'content-type': 'application/xml' },
      })
    } catch (error) {
      // The answer to the completing request may have been lost; then the upload is gone because it was finished.
      if (!(error instanceof ObjectStoreError) || error.kind === 'blocked') throw error
      const answer = await client.ask({ method: 'HEAD', key, proof: 'etag', signal }).catch(() => null)
      if (Number(answer?.headers['content-length']) !== source.size) throw error
    }
  }

  async function put(key: string, source: ObjectSource, options: PutOptions = {}): Promise<void> {
    buffer ??= new Uint8Array(new ArrayBuffer(partSize))
    if (source.size <= partSize) return whole(key, source, options)
    try {
      await inParts(key, source, options)
    } catch (error) {
      if (!options.resume || !(error instanceof ObjectStoreError) || error.kind !== 'missing') throw error
      // The store has forgotten the upload: start again.
      await inParts(key, source, { ...options, resume: undefined })
    }
  }

  return {
    put(key: string, source: ObjectSource, options?: PutOptions): Promise<void> {
      const done = last.then(() => put(key, source, options))
      last = done.catch(() => {})
      return done
    },
    close() {
      buffer = undefined
    },
  }
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
