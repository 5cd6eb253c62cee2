import type { Manifest } from '@autodump/core'
import { expect, it } from 'vitest'
import { routes } from '../../packages/core/src/http/routes.js'
import { eventually, noRules, startServer, token } from '../support.js'

it('HEAD is answered as GET is, without the body, on every route of both servers', async () => {
  const server = await startServer({ thresholds: noRules, admin: { port: 0 } }, { fixture: 'strangers.mjs' })
  const own = await eventually('it listens', async () => (await server.status()).admin?.address)
  const made = await server.admin('/trigger?wait=true', {
    method: 'POST',
    body: JSON.stringify({ capture: ['requests'], reason: 'by hand' }),
  })
  const { id, artifacts } = (await made.json()) as Manifest
  const [page] = /speedscope\/[\w.-]+|assets\/[\w.-]+/.exec(
    await (await server.admin('', { headers: { accept: 'text/html' } })).text(),
  ) as RegExpExecArray
  const file = { '/assets/:file': page, '/speedscope/:file': page }
  const paths = routes
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => `/${file[path as keyof typeof file] ?? path.slice(1)}`)
    .map(path => path.replace(':id', id).replace(':file', artifacts[0]?.file ?? ''))
  expect(paths.length).toBeGreaterThan(15)
  const headers = { authorization: `Bearer ${token}` }
  for (const base of [`${server.base}/debug/autodump`, own]) {
    for (const path of [...paths, '/nothing', '/dumps/nothing']) {
      const [head, get] = await Promise.all(
        ['HEAD', 'GET'].map(method => fetch(base + (path === '/' ? '' : path), { method, headers })),
      )
      const seen = [path, head?.status, head?.headers.get('content-type'), await head?.text()]
      expect(seen).toEqual([path, get?.status, get?.headers.get('content-type'), ''])
      // `/pprof/:file` says why a profile that Go has is not there, `/shares` that only a bucket has some.
      const expected = /nothing|^\/pprof\/requests/.test(path) ? 404 : path === '/shares' ? 409 : 200
      expect(head?.status).toBe(expected)
      await get?.body?.cancel()
    }
  }
})
