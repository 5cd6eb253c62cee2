// `node require.cjs ENGINE`: the same from CommonJS.
const assert = require('node:assert/strict')

const engine = process.argv[2]
for (const name of ['core', 'core/analysis', 'core/control', 'core/rules', 'fastify', 'express', 'koa']) {
  const exported = require(`@autodump/${name}`)
  assert.ok(
    Object.values(exported).some(value => typeof value === 'function'),
    name,
  )
}
assert.equal(require('@autodump/core/package.json').name, '@autodump/core')

async function main() {
  const { check } = await import('./check.mjs')
  for (const name of ['fastify', 'express', 'koa'])
    await check(name, require(`@autodump/${name}`), require(name), engine)
}
main().catch(error => {
  process.exitCode = 1
  console.error(error)
})
