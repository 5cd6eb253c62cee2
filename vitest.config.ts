import { configDefaults, defineConfig } from 'vitest/config'
import { LongestFirst } from './test/longest-first.js'

/** Its directory decides how a test runs. Each kind begins when the one before is done. */
export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
    tags: [{ name: 'full', description: 'What `npm run test:quick` leaves out.' }],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/{core,cli,fleet,mcp,dashboard}/src/**/*.test.ts'],
          // They share processes, which take longer to start than most files to run: what one mocks, it takes back.
          isolate: false,
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'adapters',
          include: ['packages/{express,fastify,koa}/src/**/*.test.ts'],
          maxWorkers: 4,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'end to end',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'test/{alone,pairs}/**'],
          // Whole processes, on machines that others load too: one second try, and the report says so.
          retry: 1,
          // Half of their time is waiting.
          maxWorkers: 4,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'end to end, in pairs',
          include: ['test/pairs/**/*.test.ts'],
          retry: 1,
          // They measure, but have pauses in which another one can.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'end to end, alone',
          include: ['test/alone/**/*.test.ts'],
          retry: 1,
          // That nothing fires can be said of a quiet machine only: nothing beside them.
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
