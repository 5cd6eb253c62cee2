// Runs every check, shows what each prints, and ends with one line `N passed, N failed`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { constants, setPriority, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'autodump-ci-'))
const total = { passed: 0, failed: 0 }
/** What failed, said once more at the end: what a long log is read for. */
const failures = []

/**
 * What runs `beside` something else shows what it prints when it is over, and takes what the others leave of the CPU.
 * `onOutput` is told what the others print.
 */
async function run(title, command, args, { beside = false, onOutput = () => {} } = {}) {
  if (!beside) console.log(`\n--- ${title}`)
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  if (beside && child.pid) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  let output = ''
  const show = text => {
    process.stdout.write(text)
    onOutput(text)
  }
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', beside ? text => (output += text) : show)
  const [code] = await once(child, 'close')
  if (beside) console.log(`\n--- ${title}\n${output.trimEnd()}`)
  console.log(`--- ${title}: ${code === 0 ? 'passed' : 'FAILED'}`)
  return code === 0
}

async function check(title, command, args, how) {
  const ok = await run(title, command, args, how)
  total[ok ? 'passed' : 'failed'] += 1
  if (!ok) failures.push(title)
}

/** Checks that count themselves. A run that broke before or between them has failed, whatever it counted. */
async function checkMany(title, command, args, report, countOf, how) {
  const ok = await run(title, command, args, how)
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
const checkTests = onOutput =>
  checkMany(
    'npm test',
    'npm',
    ['test', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${tests}`],
    tests,
    report => {
      failures.push(...failedTests(report))
      return { passed: report.numPassedTests, failed: report.numFailedTests }
    },
    { onOutput },
  )

async function checkStatically() {
  const beside = { beside: true }
  await check('lint and format', 'npm', ['run', '-s', 'lint'], beside)
  await check('the layout of core', 'npm', ['run', '-s', 'structure'], beside)
  await check('types', 'npm', ['run', '-s', 'typecheck'], beside)
  await check('packages: contents, publint and attw', 'npm', ['run', '-s', 'packages'], beside)
  await check('unused files, exports and dependencies: knip', 'npm', ['run', '-s', 'knip'], beside)
}

// What does not run what it checks needs no quiet machine, but the build, which is there when the first test begins. It
// is over long before the tests that nothing may run beside, which come last.
let tested
await new Promise(begun => {
  tested = checkTests(text => / RUN /.test(text) && begun()).finally(begun)
})
await Promise.all([tested, checkStatically()])

const countOf = report => {
  failures.push(...report.failures)
  return report
}

// The other versions: npm run test:matrix. This one is the one without v8-profiler-next.
const matrix = join(reports, 'matrix.json')
const checkPackages = () =>
  checkMany(
    'packages installed from their tarballs',
    process.execPath,
    ['scripts/matrix.mjs', '26', 'middleware', '--some', '--report', matrix],
    matrix,
    countOf,
  )

// The examples on Node.js, Bun and Deno. What starts programs (`-- starters`) is left to the night: it installs 60 MB.
const runtimes = join(reports, 'runtimes.json')
const checkRuntimes = () =>
  checkMany(
    'the examples on every runtime',
    process.execPath,
    ['scripts/matrix.mjs', 'runtimes', '--report', runtimes],
    runtimes,
    countOf,
  )

// Installing is mostly waiting for npm.
await Promise.all([checkPackages(), checkRuntimes()])
await check('the demo', 'npm', ['run', '-s', 'demo', '--', '--once'])

// The contract is checked from outside too, where the checker is at hand.
const contract = join(root, '../shared/contract-check.mjs')
if (existsSync(contract))
  await check('contract from outside', process.execPath, [contract, '.', 'fastify', 'express', 'koa'])

for (const failure of failures) console.log(`FAILED ${failure}`)
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)
