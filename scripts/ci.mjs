// Runs every check, shows what each prints, and ends with one line `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const report = join(mkdtempSync(join(tmpdir(), 'autodump-ci-')), 'vitest.json')
const total = { passed: 0, failed: 0 }

function run(title, command, args) {
  console.log(`\n--- ${title}`)
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  console.log(`--- ${title}: ${status === 0 ? 'passed' : 'FAILED'}`)
  return status === 0
}

function check(title, command, args) {
  total[run(title, command, args) ? 'passed' : 'failed'] += 1
}

const testsOk = run('npm test', 'npm', [
  'test',
  '--',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
])
if (existsSync(report)) {
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
  total.passed += numPassedTests
  total.failed += numFailedTests
}
// A run that broke before or between the tests has failed, whatever it counted.
if (!testsOk && total.failed === 0) total.failed += 1

check('lint and format', 'npm', ['run', '-s', 'lint'])
check('types', 'npm', ['run', '-s', 'typecheck'])
check('packages: publint and attw', 'npm', ['run', '-s', 'packages'])
check('unused files, exports and dependencies: knip', 'npm', ['run', '-s', 'knip'])
check('the demo', 'npm', ['run', '-s', 'demo', '--', '--once'])

// The contract is checked from outside too, where the checker is at hand.
const contract = join(root, '../shared/contract-check.mjs')
if (existsSync(contract)) check('contract from outside', process.execPath, [contract, '.', 'fastify', 'express', 'koa'])

console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)
