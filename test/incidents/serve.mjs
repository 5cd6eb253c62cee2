// An ordinary server with autodump in it, for the programs of this folder.
import { createServer } from 'node:http'
import { createMonitor } from '@autodump/core'

/** @param routes what answers each path; it gets the parameter `of` */
export async function serve(routes) {
  const monitor = createMonitor(JSON.parse(process.env.AUTODUMP_TEST_OPTIONS))
  await monitor.start()
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost')
    const route = routes[pathname.slice(1)]
    const body = route ? await route(searchParams.get('of')) : ordinaryWork()
    response.end(JSON.stringify({ body: body ?? null }))
  })
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
}

/** What every request does when nothing is wrong. */
const ordinaryWork = () =>
  JSON.parse(JSON.stringify(Array.from({ length: 50 }, (_, id) => ({ id, name: `row ${id}` })))).length
