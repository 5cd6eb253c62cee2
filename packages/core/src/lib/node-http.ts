/**
 * `node:http`, past the module loader: on Node 22 an `import` of it loads all parts of `fetch`, and with them
 * WebAssembly. Without WebAssembly (`--jitless`) that ends the app. `decisions/230`
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
