import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** The imports from `node:fs` that are allowed, by file, and the reason why they need no look at the owner. */
const allowed: Record<string, { names: string[]; why: string }> = {
  'lib/fs.ts': { names: ['*'], why: 'chooses between the functions that wait and those that block' },
  'lib/trusted.ts': { names: ['*'], why: 'is the door to files' },
  'lib/rooms.ts': { names: ['*'], why: 'is the door to directories' },
  'lib/owner.ts': { names: ['*'], why: 'makes a file of its own to learn whose it becomes' },
  'store/artifact-stream.ts': { names: ['open'], why: 'hands what it has opened to openTrusted' },
  'analysis/analyse-file.ts': { names: ['createReadStream', 'open', 'stat'], why: 'reads what its caller has named' },
  'formats/heap-snapshot/read.ts': { names: ['createReadStream'], why: 'reads what its caller has named' },
  'lib/process-life.ts': { names: ['readFileSync', 'readlinkSync'], why: 'reads what the kernel says' },
  'monitor/black-box/oom-kills.ts': { names: ['readFileSync', 'statSync'], why: 'reads what the kernel says' },
  'lib/program-name.ts': { names: ['readFileSync', 'realpathSync'], why: "reads the app's own package" },
  'monitor/black-box/core-file.ts': { names: ['readFileSync'], why: 'reads what the kernel says' },
  'lib/cgroup.ts': { names: ['readFileSync'], why: 'reads what the kernel says' },
  'monitor/metrics/cpu-threads.ts': { names: ['readFileSync'], why: 'reads what the kernel says' },
  'monitor/metrics/v8-threads.ts': { names: ['readFileSync', 'readdirSync'], why: 'reads what the kernel says' },
  'monitor/metrics/cpu-wait.ts': { names: ['readFileSync'], why: 'reads what the kernel says' },
  'monitor/metrics/descriptors.ts': { names: ['readFileSync'], why: 'reads what the kernel says' },
  'lib/address-space.ts': { names: ['readFileSync'], why: 'reads what the kernel says' },
  'lib/room-for-thread.ts': { names: ['readFileSync'], why: 'reads what the kernel says' },
  'lib/counted-resident.ts': { names: ['readFileSync'], why: 'reads what the kernel says' },
  'lib/cpu-waited.ts': { names: ['readFileSync'], why: 'reads what the kernel says' },
  'lib/memory-left.ts': { names: ['readFileSync'], why: 'reads what the kernel says' },
  'monitor/metrics/open-descriptors.ts': { names: ['readFileSync', 'readlinkSync'], why: 'reads what the kernel says' },
  'monitor/metrics/processes.ts': { names: ['readFileSync'], why: 'reads what the kernel says' },
  'monitor/metrics/reserve.ts': { names: ['closeSync', 'openSync'], why: 'opens the null device' },
  'lib/termination-file.ts': {
    names: ['closeSync', 'fstatSync', 'ftruncateSync', 'openSync', 'readSync', 'writeSync'],
    why: 'writes in place into a file that Kubernetes has made',
  },
  'formats/heap-snapshot/holders/read-holders.ts': {
    names: ['createReadStream'],
    why: 'reads a file that a person named',
  },
  'object-store/directory-store.ts': { names: ['createReadStream'], why: 'reads a bucket, which its owner has named' },
  'monitor/captures/native-call.ts': { names: ['readFileSync'], why: 'reads what the kernel says' },
  'monitor/stuck-call.ts': { names: ['readFileSync'], why: 'reads what the kernel says' },
  'monitor/standard-descriptors.ts': { names: ['closeSync', 'fstatSync', 'openSync'], why: 'opens the null device' },
  'http/page/build.ts': { names: ['existsSync', 'readFileSync', 'readdirSync', 'statSync'], why: 'reads our package' },
  'lib/installed-package.ts': { names: ['existsSync', 'readFileSync'], why: 'reads our package' },
}

/** They open nothing, follow no link that matters, and wait for no other process. */
const harmless = new Set([
  'BigIntStats',
  ...['accessSync', 'constants', 'existsSync', 'linkSync', 'lstatSync', 'mkdirSync', 'mkdtempSync', 'readdirSync'],
  ...['renameSync', 'rmSync', 'rmdirSync', 'statfs', 'statSync', 'Stats', 'unlinkSync', 'utimesSync', 'chmodSync'],
])

/** The same of `lib/fs.ts`. */
const harmlessOfStore = new Set([
  ...['access', 'blockForFiles', 'lstat', 'mkdir', 'OpenFile', 'readdir', 'realpath', 'rename', 'rm', 'rmdir'],
  ...['stat', 'statfs'],
])

const doors = new Set(['lib/trusted.ts', 'lib/rooms.ts'])

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => /(?<!\.test|\/validators|\/file-validators)\.ts$/.test(file) && !file.startsWith('testing/'))

function importsOf(file: string, from: RegExp): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/import\s+(?:type\s+)?(\{[^}]*\}|\*\s+as\s+\w+|\w+)\s+from\s+'([^']+)'/g)]
    .filter(([, , module]) => from.test(module as string))
    .flatMap(([, names]) => (names as string).replace(/[{}]/g, '').split(','))
    .map(name =>
      name
        .replace(/\btype\b/, '')
        .trim()
        .replace(/ as .*/, ''),
    )
    .filter(Boolean)
}

it('files are opened through one door, which looks at what it gets', () => {
  const strays = sources.flatMap(file => {
    const names = allowed[file]?.names ?? []
    if (names.includes('*')) return []
    const others = importsOf(file, /^(node:)?fs(\/promises)?$/).filter(
      name => !harmless.has(name) && !names.includes(name),
    )
    return others.map(name => `${file} imports ${name}`)
  })
  expect(strays).toEqual([])
})

it('what opens files in lib/fs.ts is for the door alone', () => {
  const strays = sources
    .filter(file => !doors.has(file) && file !== 'http/page/page.ts')
    .flatMap(file => importsOf(file, /\/fs\.js$/).map(name => ({ file, name })))
    .filter(({ name }) => !harmlessOfStore.has(name))
  expect(strays).toEqual([])
})

it('no file is read by another way', () => {
  const dynamic = /import\('(node:)?fs|require\('(node:)?fs|process\.getBuiltinModule\('(node:)?fs|process\.binding/
  expect(sources.filter(file => dynamic.test(readFileSync(join(root, file), 'utf8')))).toEqual([])
})

it('the list of exceptions has no file that is gone, or needs none', () => {
  for (const [file, { names }] of Object.entries(allowed)) {
    const imported = importsOf(file, /^(node:)?fs(\/promises)?$/)
    expect([file, names.filter(name => name !== '*' && !imported.includes(name))]).toEqual([file, []])
  }
})
