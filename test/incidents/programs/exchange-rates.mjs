// Rates come through a named pipe, and who writes them is late.
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from '../serve.mjs'

const pipe = join(JSON.parse(process.env.AUTODUMP_TEST_OPTIONS).dir, 'rates')
execFileSync('mkfifo', [pipe])

function readExchangeRates() {
  spawn('sh', ['-c', 'sleep 4; echo 1.08 > "$0"', pipe], { stdio: 'ignore' })
  return readFileSync(pipe, 'utf8').length
}

await serve({ rates: readExchangeRates })
