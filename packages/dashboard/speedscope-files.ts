import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/**
 * What a page of ours never asks for: the example, the reader of Java flight recordings (no dump has one), the schema of
 * speedscope's own files, and scripts that only hold the name of an icon.
 */
const leftOut = /^(perf-vertx-stacks.*\.txt|jfrview.*\.wasm|file-format-schema\.json|favicon.*\.js|release\.txt)$/

/** Puts speedscope's own build beside ours, with its licence. */
export function speedscope(): Plugin {
  let out = ''
  return {
    name: 'speedscope-files',
    apply: 'build',
    configResolved(config) {
      out = resolve(config.root, config.build.outDir)
    },
    closeBundle() {
      const home = dirname(fileURLToPath(import.meta.resolve('speedscope/package.json')))
      const from = join(home, 'dist/release')
      const to = join(out, 'speedscope')
      mkdirSync(to, { recursive: true })
      for (const name of readdirSync(from)) if (!leftOut.test(name)) cpSync(join(from, name), join(to, name))
      cpSync(join(home, 'LICENSE'), join(to, 'LICENSE'))
    },
  }
}
