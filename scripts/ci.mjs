// Runs every check, shows what each prints, and ends with one line `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'autodump-ci-'))
const total = { passed: 0, failed: 0 }
/** What failed, said once more at the end: what a long log is read for. */
const failures = []

function run(title, command, args) {
  console.log(`\n--- ${title}`)
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  console.log(`--- ${title}: ${status === 0 ? 'passed' : 'FAILED'}`)
  return status === 0
}

function check(title, command, args) {
  const ok = run(title, command, args)
  total[ok ? 'passed' : 'failed'] += 1
  if (!ok) failures.push(title)
}

/** Checks that count themselves. A run that broke before or between them has failed, whatever it counted. */
function checkMany(title, command, args, report, countOf) {
  const ok = run(title, command, args)
  const { passed, failed } = existsSync(report)
    ? countOf(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0 }
  total.passed += passed
  total.failed += ok ? failed : Math.max(1, failed)
  if (!ok) failures.push(title)
}

/** The failed tests of a report of vitest, each with the first line of why. */
function failedTests({ testResults }) {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    const file = relative(root, name)
    if (failed.length === 0 && message) return [`${file}: ${firstLine(message)}`]
    return failed.map(({ fullName, failureMessages }) => `${file}: ${fullName}: ${firstLine(failureMessages[0])}`)
  })
}

const firstLine = (text = '') => text.split('\n', 1)[0].slice(0, 500)

const tests = join(reports, 'vitest.json')
checkMany(
  'npm test',
  'npm',
  ['test', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${tests}`],
  tests,
  report => {
    failures.push(...failedTests(report))
    return { passed: report.numPassedTests, failed: report.numFailedTests }
  },
)

check('lint and format', 'npm', ['run', '-s', 'lint'])
check('types', 'npm', ['run', '-s', 'typecheck'])
check('packages: contents, publint and attw', 'npm', ['run', '-s', 'packages'])
// The other versions: npm run test:matrix. This one is the one without v8-profiler-next.
const matrix = join(reports, 'matrix.json')
checkMany(
  'packages installed from their tarballs',
  process.execPath,
  ['scripts/matrix.mjs', '26', '--report', matrix],
  matrix,
  count => count,
)
check('unused files, exports and dependencies: knip', 'npm', ['run', '-s', 'knip'])
check('the demo', 'npm', ['run', '-s', 'demo', '--', '--once'])

// The contract is checked from outside too, where the checker is at hand.
const contract = join(root, '../shared/contract-check.mjs')
if (existsSync(contract)) check('contract from outside', process.execPath, [contract, '.', 'fastify', 'express', 'koa'])

for (const failure of failures) console.log(`FAILED ${failure}`)
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)
