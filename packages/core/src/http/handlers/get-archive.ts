import { archiveOf } from '../../store/archive.js'
import { streamBody } from '../body-stream.js'
import { Problem } from '../problem.js'
import type { Route } from '../route.js'

export const getArchive: Route = {
  method: 'GET',
  path: '/dumps/:id/archive',
  action: 'download',
  summary: 'Download a dump as one zip',
  description:
    'The manifest and every artifact, unzipped as their tools open them, in a folder with the name of the dump.',
  responses: { 200: { description: 'The archive', type: 'application/zip', headers: ['Content-Disposition'] } },
  problems: [404],
  async handle({ admin, request, params: { id } }) {
    const manifest = await admin.monitor.manifest(id)
    if (!manifest) throw new Problem(404, 'there is no such dump')
    if (manifest.state === 'capturing') throw new Problem(404, 'this dump is still being captured')
    const stream = await archiveOf(manifest, file => admin.monitor.artifact(id, file), await admin.monitor.explain(id))
    return new Response(streamBody(stream, request), {
      headers: { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${id}.zip"` },
    })
  },
}
