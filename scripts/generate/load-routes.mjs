import { rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/**
 * The routes, and the schemas of files. They import what is made of them, so that is left out, and a build is not needed.
 *
 * @param {string} core
 * @param {NodeJS.Require} require
 */
export async function loadRoutes(core, require) {
  const { build } = await import(pathToFileURL(require.resolve('rolldown')).href)
  const entry = `
    export { routes } from './http/routes.ts'
    export { instanceSchema } from './control/instance-schema.ts'
    export { queueFileSchema } from './monitor/notify/queue-schema.ts'
    export { sinkQueueSchema } from './monitor/sinks/queue-schema.ts'
    export { runRecordSchema } from './store/run-record-schema.ts'
    export { manifestSchema } from './store/manifest-schema.ts'
  `
  // Beside the packages that the routes import.
  const file = `${core}node_modules/.generate-${process.pid}.mjs`
  try {
    await build({
      input: 'entry',
      platform: 'node',
      external: id => !/^[./]|^entry$/.test(id),
      shimMissingExports: true,
      output: { file, format: 'esm' },
      logLevel: 'silent',
      plugins: [
        {
          name: 'entry',
          resolveId(id, importer) {
            if (id === 'entry') return `${core}src/entry.ts`
            if (id.includes('/generated/')) return `\0${id}`
            if (importer && id.startsWith('.'))
              return this.resolve(id.replace(/\.js$/, '.ts'), importer, { skipSelf: true })
          },
          load(id) {
            if (id.endsWith('/entry.ts')) return entry
            if (id.startsWith('\0')) return 'export {}'
          },
        },
      ],
    })
    const { routes, ...schemas } = await import(pathToFileURL(file).href)
    return { routes, fileSchemas: schemas }
  } finally {
    rmSync(file, { force: true })
  }
}
