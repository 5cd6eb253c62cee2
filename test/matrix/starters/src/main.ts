import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'

createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1', () =>
  writeFileSync(process.env.PID_FILE ?? '', String(process.pid)),
)
