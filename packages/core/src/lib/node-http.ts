/**
 * `node:http`, past the loader of modules: on Node 22 an `import` of it loads all that belongs to `fetch`, and with it
 * WebAssembly, without which (`--jitless`) it ends the app. `decisions/230`
 */
export const {
  Agent,
  createServer,
  IncomingMessage,
  request,
  ServerResponse,
  STATUS_CODES,
  validateHeaderName,
  validateHeaderValue,
} = process.getBuiltinModule('node:http')
