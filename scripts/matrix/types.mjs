import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npm } from './npm.mjs'
import { install, versionOf } from './project.mjs'
import { run } from './run.mjs'

const programs = fileURLToPath(new URL('../../test/matrix/types', import.meta.url))
const compilers = ['5.9', '7.0']
/** How programs find modules; each compiles the programs that may be written so. */
const resolutions = [
  { module: 'nodenext', moduleResolution: 'nodenext', commonJs: true },
  { module: 'esnext', moduleResolution: 'bundler', commonJs: false },
]

/**
 * Compiles programs against the tarballs, strictly. Our own declarations are checked as well; not so where the types of
 * Express and Koa are, since those of Koa do not suit the content-disposition that Express brings.
 */
async function compile(node, directory, compiler, { commonJs, ...resolution }, withFrameworks) {
  const files = readdirSync(join(directory, 'types')).filter(
    file => (commonJs || !file.endsWith('.cts')) && (withFrameworks || file !== 'frameworks.ts'),
  )
  const config = `tsconfig.${compiler}.${resolution.moduleResolution}.json`
  const compilerOptions = {
    ...resolution,
    target: 'es2022',
    lib: ['es2023'],
    types: ['node'],
    strict: true,
    skipLibCheck: withFrameworks,
    noEmit: true,
  }
  writeFileSync(join(directory, config), JSON.stringify({ compilerOptions, files: files.map(file => `types/${file}`) }))
  await run(node, [join(directory, 'node_modules', `typescript-${compiler}`, 'bin/tsc'), '-p', config], {
    cwd: directory,
  })
}

/**
 * The types of every package, for all compilers and ways to find modules, without and with those of Express and Koa.
 *
 * @param {ReturnType<typeof import('./results.mjs').createResults>['check']} check
 */
export async function checkTypes(check, runtime, directory, tarballs) {
  const scripts = '--ignore-scripts'
  const compileAll = async (row, withFrameworks, ready) => {
    for (const compiler of compilers)
      for (const resolution of resolutions)
        await check(
          row,
          `${resolution.moduleResolution}, TypeScript ${compiler}`,
          () => compile(runtime.node, directory, compiler, resolution, withFrameworks),
          ready,
        )
  }

  const bare = 'types'
  const ready = await check(bare, 'install', async () => {
    const typescripts = compilers.map(version => `typescript-${version}@npm:typescript@${version}`)
    const frameworks = ['fastify', 'express', 'koa'].map(versionOf)
    await install(directory, runtime, [...tarballs, ...frameworks, '@types/node@20', ...typescripts], [scripts])
    cpSync(programs, join(directory, 'types'), { recursive: true })
  })
  await compileAll(bare, false, ready)

  const rich = 'with @types of Express, Koa'
  const types = ['@types/express', '@types/koa'].map(versionOf)
  const richer = await check(rich, 'install', () => npm(runtime, ['install', ...types, scripts], directory), ready)
  await compileAll(rich, true, richer)
}
