import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { isMissing } from '../../lib/files.js'
import { readFile } from '../../lib/fs.js'
import { acceptsGzip, matchesWeakly } from '../negotiation.js'
import { type Build, type BuiltFile, buildDirectories, type Folder, readBuild } from './build.js'
import { cachingOf, pagePolicy, speedscopePolicy } from './policy.js'

/** The dashboard in the browser. Its files are those of the public package, so they are not secret. */
export interface Page {
  /** The page itself, with the status that the caller would have had; `undefined` if it is not built. */
  index(status: number, headers?: Record<string, string>): Response | undefined
  /** `undefined`: there is no such file. Only names that were in the build when it was read reach the disk. */
  file(folder: Folder, name: string, request: Request): Promise<Response | undefined>
}

type Bytes = Uint8Array<ArrayBuffer>

interface Content {
  /** The stored form: zipped, if that is smaller. */
  bytes: Bytes
  isZipped: boolean
  /** Unzipped once for all concurrent callers. */
  plain(): Promise<Bytes>
  etag: string
}

/** Milliseconds to keep the unzipped form of a file after the last request for it; browsers take the other. */
const keepPlain = 60_000

/** Bytes of a file to hand over at a time. */
const pieceSize = 64 * 1024

/** Files that gzip makes smaller; the others are compressed already. */
const types: Record<string, { type: string; zips: boolean }> = {
  '.css': { type: 'text/css; charset=utf-8', zips: true },
  '.html': { type: 'text/html; charset=utf-8', zips: true },
  '.ico': { type: 'image/x-icon', zips: true },
  '.js': { type: 'text/javascript; charset=utf-8', zips: true },
  '.json': { type: 'application/json', zips: true },
  '.md': { type: 'text/plain; charset=utf-8', zips: true },
  '.png': { type: 'image/png', zips: false },
  '.svg': { type: 'image/svg+xml', zips: true },
  '.txt': { type: 'text/plain; charset=utf-8', zips: true },
  '.wasm': { type: 'application/wasm', zips: true },
  '.woff2': { type: 'font/woff2', zips: false },
}

const unknown = { type: 'application/octet-stream', zips: false }

/**
 * Reads the build when the first browser comes, and again after it has been replaced.
 *
 * @param directories possible places; if none has the build, it is not looked for again
 */
export function createPage(directories: () => string[] = buildDirectories): Page {
  let build: Build | null | undefined
  let policy = ''
  const kept = new Map<string, Promise<Content>>()

  function built(): Build | null {
    if (build === undefined) {
      build = readBuild(directories())
      policy = build ? pagePolicy(build.index) : ''
    }
    return build
  }

  /** Read and zipped once; the zipped forms stay in memory, some hundred kilobytes for all together. */
  function contentOf(file: BuiltFile): Promise<Content> {
    const known = kept.get(file.path)
    if (known) return known
    const content = read(file)
    kept.set(file.path, content)
    content.catch(() => kept.delete(file.path))
    return content
  }

  return {
    index(status, headers = {}) {
      if (build?.isOver()) {
        build = undefined
        kept.clear()
      }
      const html = built()?.index
      if (html === undefined) return undefined
      const bytes = Buffer.from(html)
      return new Response(bytes, {
        status,
        headers: {
          ...headers,
          'content-type': 'text/html; charset=utf-8',
          'content-length': String(bytes.length),
          'content-security-policy': policy,
          vary: 'Accept',
        },
      })
    },

    async file(folder, name, request) {
      const file = built()?.folders[folder].get(name)
      if (!file) return undefined
      const content = await contentOf(file).catch(error => {
        if (!isMissing(error)) throw error // The package is being replaced: the browser has to load the page again.
      })
      if (!content) return undefined
      const { bytes, isZipped, plain, etag } = content
      const headers = new Headers({
        'content-type': kindOf(name).type,
        'cache-control': cachingOf(name),
        etag,
        vary: 'Accept-Encoding',
        ...(folder === 'speedscope' && speedscopePolicy),
      })
      if (matchesWeakly(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
      const sendZipped = isZipped && acceptsGzip(request.headers.get('accept-encoding'))
      const body = sendZipped ? bytes : await plain()
      if (sendZipped) headers.set('content-encoding', 'gzip')
      headers.set('content-length', String(body.length))
      return new Response(inPieces(body), { headers })
    },
  }
}

const kindOf = (name: string) => types[extname(name)] ?? unknown

async function read({ path, zipped }: BuiltFile): Promise<Content> {
  const stored = (await readFile(zipped ?? path)) as Bytes
  const { zips } = kindOf(path)
  const bytes = zips && !zipped ? ((await promisify(gzip)(stored)) as Bytes) : stored
  const isZipped = zips || zipped !== undefined
  // Weak, since it is the same for both forms.
  const etag = `W/"${createHash('sha256').update(stored).digest('base64url').slice(0, 27)}"`
  return { bytes, isZipped, etag, plain: isZipped ? forAWhile(() => promisify(gunzip)(bytes)) : async () => bytes }
}

/** Made on the first request, and shared by all callers until there has been none for a while. */
function forAWhile(make: () => Promise<Buffer>): () => Promise<Bytes> {
  let made: Promise<Bytes> | undefined
  let timer: NodeJS.Timeout | undefined
  const forget = () => {
    made = undefined
    clearTimeout(timer)
    timer = undefined
  }
  return () => {
    timer = timer?.refresh() ?? setTimeout(forget, keepPlain).unref()
    made ??= make() as Promise<Bytes>
    made.catch(forget)
    return made
  }
}

/** All answers share the bytes: `new Response(bytes)` would copy them for each, at once and whole. */
function inPieces(bytes: Bytes): ReadableStream<Bytes> {
  let at = 0
  return new ReadableStream(
    {
      pull(controller) {
        if (at < bytes.length) controller.enqueue(bytes.subarray(at, at + pieceSize))
        else controller.close()
        at += pieceSize
      },
    },
    { highWaterMark: 0 },
  )
}
