// Starts another program, after so many milliseconds in which it seems to do something of its own, and waits for its end.
const { spawn } = require('node:child_process')

const [program, later = '0'] = process.argv.slice(2)
const pause = setTimeout(() => {
  clearTimeout(pause)
  const child = spawn(process.execPath, [program], { stdio: 'inherit' })
  child.on('exit', code => process.exit(code ?? 1))
  process.on('SIGTERM', () => child.kill())
}, Number(later))
