import type { ArtifactEntry } from '../../model/manifest.js'
import { openArtifact } from '../../store/artifact-stream.js'
import { streamBody } from '../body-stream.js'
import { acceptsGzip, matchesWeakly } from '../negotiation.js'
import { Problem } from '../problem.js'
import type { Route } from '../route.js'

export interface ArtifactQuery {
  /** A CPU, heap or async wait profile as gzipped pprof, for `go tool pprof`, Pyroscope and Parca. */
  format?: 'pprof'
  /**
   * Redirects to the store, where the server gives such links (`autodump serve --links`), to the file as it is stored: a
   * compressed one as `.gz`. Elsewhere the file is sent.
   */
  link?: boolean
}

export const getArtifact: Route<ArtifactQuery> = {
  method: 'GET',
  path: '/dumps/:id/:file',
  action: 'download',
  summary: 'Download an artifact of a dump',
  description: 'Sent as it is stored, gzip included, where the client accepts that. The ETag is the SHA-256.',
  query: 'ArtifactQuery',
  headers: ['If-None-Match'],
  responses: {
    200: { description: 'The file', type: 'application/octet-stream', headers: ['ETag', 'Content-Disposition'] },
    302: { description: 'A link to the store, which grants reading the file for a minute', headers: ['Location'] },
    304: { description: 'Not modified', headers: ['ETag'] },
  },
  problems: [404],
  async handle({ admin, request, params, query }) {
    if (query.format === 'pprof') {
      const profile = await admin.monitor.pprof(params.id, params.file)
      if (!profile) throw notFound()
      const headers = attachment(`${params.id}-${profile.name}`)
      headers.set('content-type', 'application/octet-stream')
      headers.set('content-length', String(profile.bytes.length))
      return new Response(profile.bytes as Uint8Array<ArrayBuffer>, { headers })
    }
    const link = query.link && (await admin.monitor.bucket?.link?.(params.id, params.file))
    if (link) return new Response(null, { status: 302, headers: { location: link } })
    const stored = await admin.monitor.artifact(params.id, params.file)
    if (!stored || stored.entry.state === 'failed') throw notFound()
    const { entry } = stored
    const gzip = entry.encoding === 'gzip' && acceptsGzip(request.headers.get('accept-encoding'))
    // The compressed form has other bytes under the same digest, so its tag is a weak one.
    const etag = gzip ? `W/"${entry.sha256}"` : `"${entry.sha256}"`
    const headers = attachment(`${params.id}-${entry.file}`)
    headers.set('etag', etag)
    headers.set('vary', 'Accept-Encoding')
    if (matchesWeakly(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })

    const { stream, encoding, length } = await openArtifact(stored, gzip).catch(error => {
      throw error.code === 'ENOENT' ? notFound() : error // Removed since it was looked up.
    })
    headers.set('content-type', contentType(entry))
    if (encoding) headers.set('content-encoding', encoding)
    if (length !== undefined) headers.set('content-length', String(length))
    return new Response(streamBody(stream, request), { headers })
  },
}

function notFound(): Problem {
  return new Problem(404, 'there is no such artifact')
}

/** The profiles and snapshots of V8 are JSON, regardless of their file names. */
function contentType({ file }: ArtifactEntry): string {
  if (/\.(json|cpuprofile|heapprofile|heapsnapshot)$/.test(file)) return 'application/json'
  if (/\.(txt|collapsed)$/.test(file)) return 'text/plain; charset=utf-8'
  return 'application/octet-stream'
}

/** The name begins with the id, since files of several dumps and hosts share one downloads folder. */
function attachment(name: string): Headers {
  return new Headers({ 'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"` })
}
