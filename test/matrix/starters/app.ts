import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'

const file: string = process.env.PID_FILE ?? ''
createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1', () =>
  writeFileSync(file, String(process.pid)),
)
