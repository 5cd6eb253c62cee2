import { configDefaults, defineConfig } from 'vitest/config'

/** They measure CPU, delay or memory of whole processes under load, or load the machine themselves: nothing beside them. */
const alone = [
  'test/scenarios/**/*.test.ts',
  ...[
    'async-wait',
    'cluster',
    'faults-kill',
    'load',
    'main-job',
    'memory',
    'recorder',
    'rules',
    'storm',
    'upstream',
    'workers',
  ].map(name => `test/e2e/${name}.test.ts`),
]

const twoAtATime = { fileParallelism: true, maxWorkers: 2 }

export default defineConfig({
  test: {
    // Child processes under load share two cores with the runner: one file at a time keeps them honest.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/{cli,core,dashboard}/src/**/*.test.ts'],
          ...twoAtATime,
          sequence: { groupOrder: 0 },
        },
      },
      // Whole processes, on machines that others load too: one second try, and the report says so.
      {
        extends: true,
        test: { name: 'end to end, alone', include: alone, retry: 1, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: 'adapters',
          include: ['packages/{express,fastify,koa}/src/**/*.test.ts'],
          ...twoAtATime,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'end to end',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...alone],
          retry: 1,
          // Most of their time is waiting.
          ...twoAtATime,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
