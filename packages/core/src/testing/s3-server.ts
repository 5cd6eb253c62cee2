import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Upload {
  key: string
  parts: Map<number, Buffer>
}

export interface S3Request {
  method: string
  /** Decoded, without the bucket. */
  key: string
  query: URLSearchParams
}

/** The fate of a request: `null` for the behaviour of a store, else the fault. */
export type Fault =
  | null
  | 'reset'
  | 'reset-in-body'
  | 'hang'
  | { status: number; code: string; retryAfter?: number }
  /** The answer of a login page to anything, with 200. */
  | { page: string }

/** The part of S3 that autodump needs, in memory, with a place for faults. It does not look at signatures. */
export async function startS3Server(bucket = 'evidence', port = 0) {
  const objects = new Map<string, Buffer>()
  const uploads = new Map<string, Upload>()
  const seen: S3Request[] = []
  let faultOf: (request: S3Request) => Fault = () => null
  let lastUpload = 0

  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://store')
    const key = decodeURIComponent(url.pathname).replace(`/${bucket}`, '').slice(1)
    const request = { method: req.method ?? '', key, query: url.searchParams }
    seen.push(request)
    const fault = faultOf(request)
    if (fault === 'reset') return void req.socket.destroy()
    if (fault === 'hang') return
    if (fault === 'reset-in-body') return void req.once('data', () => req.socket.destroy())
    if (fault)
      return void req.resume().once('end', () => {
        if ('page' in fault) return void res.writeHead(200, { 'content-type': 'text/html' }).end(fault.page)
        const { status, code, retryAfter } = fault
        res
          .writeHead(status, retryAfter ? { 'retry-after': `${retryAfter}` } : {})
          .end(xml(`<Error><Code>${code}</Code></Error>`))
      })
    const chunks: Buffer[] = []
    req.on('data', chunk => chunks.push(chunk))
    req.on('end', () => {
      if (req.complete) answer(request, Buffer.concat(chunks), req, res)
    })
    req.on('error', () => {})
  })

  function answer({ method, key, query }: S3Request, body: Buffer, req: IncomingMessage, res: ServerResponse): void {
    const send = (text: string) => void res.writeHead(200, { 'content-type': 'application/xml' }).end(xml(text))
    const uploadId = query.get('uploadId')
    const upload = uploadId ? uploads.get(uploadId) : undefined
    if (uploadId && !upload) return void res.writeHead(404).end(xml('<Error><Code>NoSuchUpload</Code></Error>'))
    if (method === 'PUT') {
      const hash = createHash('sha256').update(body).digest('hex')
      if (hash !== req.headers['x-amz-content-sha256'])
        return void res.writeHead(400).end(xml('<Error><Code>XAmzContentSHA256Mismatch</Code></Error>'))
      if (upload) upload.parts.set(Number(query.get('partNumber')), body)
      else objects.set(key, body)
      return void res.writeHead(200, { etag: `"${hash.slice(0, 32)}"` }).end()
    }
    if (method === 'POST' && query.has('uploads')) {
      const id = `upload-${++lastUpload}`
      uploads.set(id, { key, parts: new Map() })
      return send(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`)
    }
    if (method === 'POST' && upload && uploadId) {
      const parts = [...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part)
      objects.set(upload.key, Buffer.concat(parts))
      uploads.delete(uploadId)
      return send('<CompleteMultipartUploadResult></CompleteMultipartUploadResult>')
    }
    if (method === 'DELETE') {
      if (uploadId) uploads.delete(uploadId)
      else objects.delete(key)
      return void res.writeHead(204).end()
    }
    if (key === '') return list(query, send)
    const object = objects.get(key)
    if (!object)
      return void res.writeHead(404).end(method === 'HEAD' ? '' : xml('<Error><Code>NoSuchKey</Code></Error>'))
    const etag = `"${createHash('sha256').update(object).digest('hex').slice(0, 32)}"`
    res.writeHead(200, { 'content-length': object.length, etag }).end(method === 'HEAD' ? undefined : object)
  }

  function list(query: URLSearchParams, send: (text: string) => void): void {
    const prefix = query.get('prefix') ?? ''
    if (query.has('uploads')) {
      const open = [...uploads].filter(([, { key }]) => key.startsWith(prefix))
      const rows = open.map(([id, { key }]) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`)
      return send(`<ListMultipartUploadsResult>${rows.join('')}</ListMultipartUploadsResult>`)
    }
    const after = query.get('start-after') ?? query.get('continuation-token') ?? ''
    const most = Number(query.get('max-keys') ?? 1000)
    const keys = [...objects.keys()].filter(key => key.startsWith(prefix) && key > after).sort()
    if (query.get('delimiter') === '/') {
      const folders = new Set(keys.flatMap(key => /^[^/]*\//.exec(key.slice(prefix.length)) ?? []))
      const rows = [...folders].map(
        name => `<CommonPrefixes><Prefix>${encodeURIComponent(prefix + name)}</Prefix></CommonPrefixes>`,
      )
      return send(`<ListBucketResult><IsTruncated>false</IsTruncated>${rows.join('')}</ListBucketResult>`)
    }
    const rows = keys
      .slice(0, most)
      .map(key => `<Contents><Key>${encodeURIComponent(key)}</Key><Size>${objects.get(key)?.length}</Size></Contents>`)
    send(`<ListBucketResult><IsTruncated>${keys.length > most}</IsTruncated>${rows.join('')}</ListBucketResult>`)
  }

  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    uploads,
    seen,
    /** From now on. */
    fail(next: (request: S3Request) => Fault): void {
      faultOf = next
    },
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

const xml = (text: string) => `<?xml version="1.0"?>${text}`

export type S3Server = Awaited<ReturnType<typeof startS3Server>>
