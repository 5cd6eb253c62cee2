import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export const inlineScript = "history.replaceState(null, '', location.pathname + '/')"

export const appScript = 'console.log("the page")\n'.repeat(200)

/** A made-up build of the dashboard, with files beside it that are nobody's business. */
export function plantDashboard(directory: string): string {
  const write = (name: string, content: string | Buffer) => writeFileSync(join(directory, name), content)
  for (const folder of ['assets', 'assets/inner', 'speedscope']) mkdirSync(join(directory, folder), { recursive: true })
  write('index.html', `<!doctype html><script>${inlineScript}</script><script type="module" src="x.js"></script>`)
  write('secret.txt', 'secret')
  write('assets/index-Bx3k_9aZ.js', appScript)
  write('assets/index-C0ffee00.css', 'body { margin: 0 }')
  write('assets/inner/secret.js', 'secret')
  write('assets/font-abcdefgh.woff2', Buffer.from([1, 2, 3]))
  write('assets/zipped-12345678.js.gz', gzipSync('zipped at the build'))
  write('speedscope/index.html', '<script src="speedscope-Y2522XSH.js"></script>')
  write('speedscope/speedscope-Y2522XSH.js', 'speedscope')
  return directory
}
