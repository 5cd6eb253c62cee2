import type { Folder } from '../page/build.js'
import { Problem } from '../problem.js'
import type { Route } from '../route.js'

export const getAsset = pageFile('assets', 'Load a script or a style of the dashboard')

export const getSpeedscope = pageFile(
  'speedscope',
  'Load a file of speedscope, which the dashboard shows profiles with',
)

function pageFile(folder: Folder, summary: string): Route {
  return {
    method: 'GET',
    path: `/${folder}/:file`,
    action: null,
    summary,
    description: 'The files of the public package: nobody has to prove anything.',
    headers: ['If-None-Match'],
    responses: {
      200: { description: 'The file', type: 'application/octet-stream', headers: ['ETag'] },
      304: { description: 'Not modified', headers: ['ETag'] },
    },
    problems: [404],
    async handle({ admin, request, params }) {
      const response = await admin.page.file(folder, params.file, request)
      if (!response) throw new Problem(404, 'the dashboard has no such file')
      return response
    },
  }
}
