// A program that knows nothing of autodump. It ends when its standard input does.
import { createServer } from 'node:http'

const server = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1')
process.stdin.resume().once('end', () => server.close())
