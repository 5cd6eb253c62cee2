import type { ListOptions, ObjectPage, ObjectStore, Orphan } from '../object-store.js'
import { ObjectStoreError } from '../object-store.js'
import { type ClientParts, createClient, type S3Place } from './client.js'
import { type Timeouts, timeouts as usual } from './exchange.js'
import { createUploader } from './upload.js'
import { decoded, elementsOf, textOf } from './xml.js'

export interface S3Options extends S3Place, Omit<ClientParts, 'place' | 'timeouts'> {
  /** `x-amz-server-side-encryption`: `AES256` or `aws:kms`. @default the bucket's own setting */
  serverSideEncryption?: string | undefined
  /** Key for `aws:kms`. */
  kmsKeyId?: string | undefined
  /** `x-amz-storage-class`. @default the bucket's own setting */
  storageClass?: string | undefined
  timeouts?: Partial<Timeouts>
}

/** Any store with the protocol of Amazon S3. */
export function createS3Store(options: S3Options): ObjectStore {
  const { bucket, prefix, endpoint, serverSideEncryption, kmsKeyId, storageClass } = options
  const client = createClient({
    ...options,
    place: options,
    timeouts: { ...usual, ...options.timeouts },
  })
  const uploader = createUploader(client, {
    ...(serverSideEncryption ? { 'x-amz-server-side-encryption': serverSideEncryption } : {}),
    ...(kmsKeyId ? { 'x-amz-server-side-encryption-aws-kms-key-id': kmsKeyId } : {}),
    ...(storageClass ? { 'x-amz-storage-class': storageClass } : {}),
  })

  async function page(query: Record<string, string>, signal?: AbortSignal): Promise<string> {
    const { text } = await client.ask({
      method: 'GET',
      key: null,
      query: { 'list-type': '2', 'encoding-type': 'url', ...query },
      proof: { root: 'ListBucketResult' },
      signal,
    })
    return text
  }

  return {
    place: `s3://${[bucket, prefix].filter(Boolean).join('/')} at ${endpoint.origin}`,
    put: uploader.put,
    async get(key, { range, signal } = {}) {
      const headers: Record<string, string> = range ? { range: `bytes=${range[0]}-${range[1]}` } : {}
      const { stream } = await client.ask({ method: 'GET', key, headers, stream: true, signal })
      if (!stream) throw client.refusal('the store answered without a body')
      return stream
    },
    async head(key, signal) {
      try {
        const { headers } = await client.ask({ method: 'HEAD', key, signal })
        return { size: Number(headers['content-length'] ?? 0) }
      } catch (error) {
        if (error instanceof ObjectStoreError && error.kind === 'missing') return undefined
        throw error
      }
    },
    async list({ prefix, after, limit = 1000, signal }: ListOptions): Promise<ObjectPage> {
      const text = await page({ prefix, 'max-keys': String(limit), ...(after ? { 'start-after': after } : {}) }, signal)
      const objects = elementsOf(text, 'Contents').map(element => ({
        key: keyIn(element, 'Key'),
        size: Number(textOf(element, 'Size')),
        modifiedAt: Date.parse(textOf(element, 'LastModified') ?? '') || 0,
      }))
      return { objects, isTruncated: textOf(text, 'IsTruncated') === 'true' }
    },
    async folders(prefix, signal) {
      const found: string[] = []
      for (let token: string | undefined, first = true; first || token; first = false) {
        const text: string = await page(
          { prefix, delimiter: '/', ...(token ? { 'continuation-token': token } : {}) },
          signal,
        )
        for (const element of elementsOf(text, 'CommonPrefixes'))
          found.push(keyIn(element, 'Prefix').slice(prefix.length, -1))
        token = textOf(text, 'IsTruncated') === 'true' ? textOf(text, 'NextContinuationToken') : undefined
      }
      return found
    },
    async remove(key, signal) {
      await client.ask({ method: 'DELETE', key, signal }).catch(ignoreMissing)
    },
    async orphans(prefix, signal): Promise<Orphan[]> {
      const found: Orphan[] = []
      for (let marker: Record<string, string> | undefined = {}; marker; ) {
        const { text } = await client.ask({
          ...{ method: 'GET', key: null, query: { uploads: '', prefix, ...marker }, signal },
          proof: { root: 'ListMultipartUploadsResult' },
        })
        found.push(...elementsOf(text, 'Upload').map(orphanIn))
        marker = nextUploads(text, marker)
      }
      return found
    },
    async removeOrphan({ key, id }, signal) {
      await client.ask({ method: 'DELETE', key, query: { uploadId: id }, signal }).catch(ignoreMissing)
    },
    urlOf: client.urlOf,
    presign: client.presign,
    close() {
      uploader.close()
      client.close()
    },
  }
}

function orphanIn(element: string): Orphan {
  return {
    key: textOf(element, 'Key') ?? '',
    id: textOf(element, 'UploadId') ?? '',
    startedAt: Date.parse(textOf(element, 'Initiated') ?? '') || 0,
  }
}

/** Where the list of unfinished uploads goes on; `undefined` at its end. */
function nextUploads(text: string, last: Record<string, string>): Record<string, string> | undefined {
  if (textOf(text, 'IsTruncated') !== 'true') return undefined
  const key = textOf(text, 'NextKeyMarker')
  const id = textOf(text, 'NextUploadIdMarker')
  // A store that ignores the markers would go on for ever.
  if (!key || (key === last['key-marker'] && id === last['upload-id-marker'])) return undefined
  return { 'key-marker': key, ...(id ? { 'upload-id-marker': id } : {}) }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof ObjectStoreError) || error.kind !== 'missing') throw error
}

/** The list is requested with `encoding-type=url`, which some stores ignore. */
function keyIn(element: string, name: string): string {
  const [text = ''] = elementsOf(element, name)
  const key = decoded(text)
  try {
    return decodeURIComponent(key.replaceAll('+', '%20'))
  } catch {
    return key
  }
}
