// Marks what TypeScript has made of the adapters, as packages/core/bundle.mjs does with the rest.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { marked } from '../packages/core/mark.mjs'

const packages = fileURLToPath(new URL('../packages', import.meta.url))
for (const name of ['fastify', 'express', 'koa']) {
  const dist = join(packages, name, 'dist')
  for (const file of readdirSync(dist).filter(one => one.endsWith('.js') && !one.endsWith('.test.js'))) {
    const path = join(dist, file)
    const code = readFileSync(path, 'utf8')
    const now = marked(code)
    if (now !== code) writeFileSync(path, now)
  }
}
