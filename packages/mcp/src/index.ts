export { type AskApi, createMcpServer, type McpOptions } from './server.js'
export { type ServedMcp, serveHttp, serveStdio } from './transports.js'
