import { configDefaults, defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const endToEnd = (...names: string[]) => names.map(name => `test/e2e/${name}.test.ts`)

/** They measure CPU or delay of whole processes under load: nothing beside them. */
const alone = ['test/scenarios/**/*.test.ts', ...endToEnd('main-job', 'upstream')]

/** They measure too, but have pauses in which another one can. */
const inPairs = endToEnd('async-wait', 'cluster', 'memory', 'recorder', 'rules', 'workers')

/** What takes longest, lest one of them be left when all others are done. */
const longest = [
  'black-box',
  'faults-kill',
  'viewers',
  'cli',
  'load',
  'leak',
  'bundlers',
  'circumstances',
  'dumps',
  'async-stacks',
  'notify',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex(
        name => /[\\/]test[\\/](e2e|dashboard)[\\/]/.test(moduleId) && moduleId.endsWith(`${name}.test.ts`),
      )
      return at < 0 ? longest.length : at
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

/** They touch nothing that the next file could notice, so they share a process: starting one takes longer than most. */
const pure = [
  'packages/{cli,dashboard}/src/**/*.test.ts',
  'packages/core/src/{analysis,formats/pprof,model,monitor/notify,options,rules}/**/*.test.ts',
]

const inParallel = (maxWorkers: number) => ({ fileParallelism: true, maxWorkers })

export default defineConfig({
  test: {
    // Child processes under load share two cores with the runner: one file at a time keeps them honest.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/core/src/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...pure],
          ...inParallel(2),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'unit, pure', include: pure, isolate: false, ...inParallel(2), sequence: { groupOrder: 0 } },
      },
      // Whole processes, on machines that others load too: one second try, and the report says so.
      {
        extends: true,
        test: { name: 'end to end, alone', include: alone, retry: 1, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: 'end to end, in pairs',
          include: inPairs,
          retry: 1,
          ...inParallel(2),
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'adapters',
          include: ['packages/{express,fastify,koa}/src/**/*.test.ts'],
          ...inParallel(3),
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'end to end',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...alone, ...inPairs],
          retry: 1,
          // Most of their time is waiting.
          ...inParallel(3),
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
