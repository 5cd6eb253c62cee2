import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { packageDirectories } from '../../lib/installed-package.js'

/** The built dashboard: the files of its folders, by name. */
export interface Build {
  /** Whether the build has been replaced since, or removed. */
  isOver(): boolean
  index: string
  folders: Record<Folder, ReadonlyMap<string, BuiltFile>>
}

export type Folder = 'assets' | 'speedscope'

export interface BuiltFile {
  path: string
  /** The file is stored zipped, under that path. */
  zipped?: string
}

/** Possible places of the build, the likeliest first. A directory of that name beside a bundle would be the app's. */
export function buildDirectories(directories = packageDirectories()): string[] {
  return directories.map(directory => join(directory, 'dist/dashboard'))
}

/** `null` if none of them has a build. */
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
