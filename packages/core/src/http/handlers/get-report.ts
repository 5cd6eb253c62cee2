import { Problem } from '../problem.js'
import type { Route } from '../route.js'

export const getReport: Route = {
  method: 'GET',
  path: '/dumps/:id/report.md',
  action: 'download',
  summary: 'Read a dump in words',
  description:
    'Headline, curves, findings with the source lines around them, and what to try next, as Markdown. All text from the application is quoted as code. For a dump without the file it is made of the manifest.',
  responses: { 200: { description: 'The report', type: 'text/markdown', headers: ['Content-Disposition'] } },
  problems: [404],
  async handle({ admin, params: { id } }) {
    const report = await admin.monitor.explain(id)
    if (report === undefined) throw new Problem(404, 'there is no such dump')
    return new Response(report, {
      headers: {
        'content-type': 'text/markdown; charset=utf-8',
        'content-disposition': `attachment; filename="${id.replace(/[^\w.-]/g, '_')}-report.md"`,
      },
    })
  },
}
