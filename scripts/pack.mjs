// The tarballs that would be published, as pnpm makes them: it turns `workspace:*` into a version.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/**
 * Packs every package as it is built now.
 *
 * @param {string} destination an empty directory
 * @returns {Map<string, string>} the tarball of each package, by the name of its directory
 */
export function pack(destination) {
  const { status, stdout, stderr, error } = spawnSync(
    'npx',
    ['-y', packageManager, '--recursive', '--filter', './packages/*', 'pack', '--pack-destination', destination],
    { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' },
  )
  if (status !== 0) throw new Error(`pnpm pack: ${error ?? `${stdout}${stderr}`}`)
  const tarballs = readdirSync(destination)
  const isPublic = name => !JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')).private
  return new Map(
    readdirSync(join(root, 'packages'))
      .filter(isPublic)
      .map(name => {
        const tarball = tarballs.find(file => file.startsWith(`autodump-${name}-`))
        if (!tarball) throw new Error(`packages/${name} was not packed`)
        return [name, join(destination, tarball)]
      }),
  )
}
