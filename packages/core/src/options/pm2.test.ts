import { expect, it } from 'vitest'
import { environmentOf, scriptOf } from './pm2.js'

const pm2 = (json: object) => ({ PATH: '/bin', AUTODUMP_DIR: '/old', pm2_env: JSON.stringify(json) })

it('the environment that PM2 gives has what the ecosystem file of PM2 says, which the program will see as well', () => {
  expect(environmentOf(pm2({ AUTODUMP_DIR: '/dumps', AUTODUMP_TOKEN: 't', NODE_ENV: 'production' }))).toMatchObject({
    PATH: '/bin',
    AUTODUMP_DIR: '/dumps',
    AUTODUMP_TOKEN: 't',
  })
  expect(environmentOf(pm2({ env: { AUTODUMP_DIR: '/within' } })).AUTODUMP_DIR).toBe('/within')
  expect(environmentOf(pm2({ NODE_ENV: 'production' })).NODE_ENV).toBeUndefined()
})

it('the environment that PM2 gives is the environment where there is no PM2', () => {
  expect(environmentOf({ AUTODUMP_DIR: '/a', pm2_env: 'no JSON' }).AUTODUMP_DIR).toBe('/a')
  expect(environmentOf({ AUTODUMP_DIR: '/a' })).toEqual({ AUTODUMP_DIR: '/a' })
})

it('the environment that PM2 gives names the script behind the container of PM2', () => {
  const container = '/usr/lib/node_modules/pm2/lib/ProcessContainer.js'
  expect(scriptOf({ pm2_env: JSON.stringify({ pm_exec_path: '/srv/app.js' }) }, container)).toBe('/srv/app.js')
  expect(scriptOf({ pm_exec_path: '/srv/app.js' }, container.replace('.js', 'Fork.js'))).toBe('/srv/app.js')
  expect(scriptOf({ pm_exec_path: '/srv/app.js' }, '/srv/other.js')).toBe('/srv/other.js')
  expect(scriptOf({}, container)).toBe(container)
})
