import { describe, expect, it } from 'vitest'
import { isWanted } from './wanted.js'

describe('a program', () => {
  it.each([
    '/app/server.js',
    '/app/npm.mjs.js',
    '/app/yarn-server.js',
    '/app/node_modules/.bin/ts-node',
    '/app/node_modules/.bin/jest',
    '/usr/lib/node_modules/pm2/lib/ProcessContainer.js',
    '/usr/lib/node_modules/pm2/lib/ProcessContainerFork.js',
    '/srv/turbo/server.js',
    undefined,
  ])('is monitored: %s', script => {
    expect(isWanted({}, script)).toBe(true)
  })

  it.each([
    '/usr/lib/node_modules/npm/bin/npm-cli.js',
    '/usr/lib/node_modules/npm/bin/npx-cli.js',
    '/usr/local/bin/npm',
    '/usr/local/bin/pnpm.cjs',
    '/usr/local/bin/yarn.js',
    '/usr/local/bin/corepack',
    '/app/node_modules/.bin/tsx',
    '/app/node_modules/nodemon/bin/nodemon.js',
    '/app/node_modules/@nestjs/cli/bin/nest.js',
    '/usr/lib/node_modules/pm2/lib/Daemon.js',
    '/app/node_modules/.bin/concurrently',
    '/app/node_modules/.bin/autodump',
    '/usr/lib/node_modules/@autodump/cli/dist/main.js',
  ])('is not where it only starts another, or looks at monitors: %s', script =>
    expect(isWanted({}, script)).toBe(false),
  )

  it('is not where that is switched off', () => {
    for (const AUTODUMP_ENABLED of ['false', '0', 'no', 'OFF'])
      expect(isWanted({ AUTODUMP_ENABLED }, 'a.js')).toBe(false)
    for (const AUTODUMP_ENABLED of ['true', '', undefined]) expect(isWanted({ AUTODUMP_ENABLED }, 'a.js')).toBe(true)
  })
})
