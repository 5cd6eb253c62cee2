import { once } from 'node:events'
import { createServer } from 'node:http'

/** Speaks as much of S3 over a made-up store as a reader asks for, on a port of this machine. */
export async function storeServer(store, bucket = 'evidence') {
  const server = createServer(async (req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://store')
    const key = decodeURIComponent(pathname).slice(`/${bucket}/`.length)
    if (key) {
      for await (const piece of await store.get(key)) res.write(piece)
      return res.end()
    }
    const { objects, folders, isTruncated } = await listed(store, searchParams)
    const contents = objects.map(
      ({ key, size, modifiedAt }) =>
        `<Contents><Key>${encodeURIComponent(key)}</Key><LastModified>${new Date(modifiedAt).toISOString()}</LastModified>` +
        `<Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
    )
    const prefixes = folders.map(
      name => `<CommonPrefixes><Prefix>${encodeURIComponent(name)}</Prefix></CommonPrefixes>`,
    )
    res.setHeader('content-type', 'application/xml')
    res.end(
      `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${contents.join('')}${prefixes.join('')}</ListBucketResult>`,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    bucket: `s3://${bucket}`,
    endpoint: `http://127.0.0.1:${server.address().port}`,
    close: () => server.close(),
  }
}

async function listed(store, query) {
  const prefix = query.get('prefix') ?? ''
  if (query.has('delimiter')) {
    const names = await store.folders(prefix)
    return { objects: [], folders: names.map(name => `${prefix}${name}/`), isTruncated: false }
  }
  const limit = Number(query.get('max-keys') ?? 1000)
  const page = await store.list({ prefix, after: query.get('start-after') ?? undefined, limit })
  return { ...page, folders: [] }
}
