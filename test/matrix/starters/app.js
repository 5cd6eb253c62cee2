// A server that knows nothing of autodump; it tells who it is by a file.
const { writeFileSync } = require('node:fs')
const { createServer } = require('node:http')

createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1', () =>
  writeFileSync(process.env.PID_FILE, String(process.pid)),
)
