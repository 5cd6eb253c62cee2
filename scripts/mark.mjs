// Makes of what TypeScript has made of the adapters one module each, since an app loads it before it listens and each
// takes a millisecond or two; and marks it, as packages/core/bundle.mjs does with the rest. Why: decisions/382.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { marked } from '../packages/core/mark.mjs'

const packages = fileURLToPath(new URL('../packages', import.meta.url))
const { resolve } = createRequire(join(packages, 'core/package.json'))
const { build } = await import(pathToFileURL(resolve('rolldown')).href)

for (const name of ['fastify', 'express', 'koa'])
  await build({
    input: join(packages, name, 'dist/index.js'),
    platform: 'node',
    external: id => !/^(\.|\/|[A-Za-z]:[\\/])/.test(id),
    logLevel: 'warn',
    output: {
      file: join(packages, name, 'dist/bundle/index.js'),
      format: 'esm',
      comments: { jsdoc: false },
      codeSplitting: false,
    },
    plugins: [
      {
        name: 'marked',
        generateBundle(_, files) {
          for (const chunk of Object.values(files)) chunk.code = marked(chunk.code)
        },
      },
    ],
  })
