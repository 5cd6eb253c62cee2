import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Child processes under load share two cores with the runner: one file at a time keeps them honest.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['packages/*/src/**/*.test.ts'] } },
      {
        extends: true,
        // Whole processes under real load, on machines that others load too: one second try, and the report says so.
        test: { name: 'end to end', include: ['test/**/*.test.ts'], retry: 1 },
      },
    ],
  },
})
