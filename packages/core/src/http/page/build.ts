import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installedPackage } from '../../installed-package.js'

/** The dashboard as it was built: what its folders have, by name. */
export interface Build {
  /** Whether another build has taken its place since, or it is gone. */
  isOver(): boolean
  index: string
  folders: Record<Folder, ReadonlyMap<string, BuiltFile>>
}

export type Folder = 'assets' | 'speedscope'

export interface BuiltFile {
  path: string
  /** Lies there zipped, under that path. */
  zipped?: string
}

/**
 * Where the build may be, the likeliest first: in this package, and for a bundle in the one that is installed. A bundle has
 * nothing of ours beside it, and a directory `dashboard` that is there would be the app's.
 *
 * @param here the URL of this file, as a bundler has left it: with webpack that of the machine that built it
 */
export function buildDirectories(here: string | null = import.meta.url ?? null, find = installedPackage): string[] {
  const isUnbundled = /^file:.*\/http\/page\/build\.[jt]s$/.test(here ?? '')
  const own = isUnbundled ? [join(dirname(fileURLToPath(here as string)), '../../dashboard')] : []
  const installed = find()
  return installed === null ? own : [...own, join(installed, 'dist/dashboard')]
}

/** `null`: in none of them there is one. */
export function readBuild(directories: string[]): Build | null {
  const directory = directories.find(path => existsSync(join(path, 'index.html')))
  if (directory === undefined) return null
  const path = join(directory, 'index.html')
  const version = versionOf(path)
  return {
    isOver: () => versionOf(path) !== version,
    index: readFileSync(path, 'utf8'),
    folders: { assets: listFolder(directory, 'assets'), speedscope: listFolder(directory, 'speedscope') },
  }
}

const versionOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs

function listFolder(directory: string, folder: Folder): Map<string, BuiltFile> {
  const path = join(directory, folder)
  if (!existsSync(path)) return new Map()
  const names = readdirSync(path, { withFileTypes: true }).flatMap(entry => (entry.isFile() ? [entry.name] : []))
  const files = new Map<string, BuiltFile>()
  for (const name of names) if (!name.endsWith('.gz')) files.set(name, { path: join(path, name) })
  for (const name of names.filter(name => name.endsWith('.gz'))) {
    const plain = name.slice(0, -'.gz'.length)
    files.set(plain, { path: join(path, plain), zipped: join(path, name) })
  }
  return files
}
