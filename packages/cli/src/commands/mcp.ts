import { once } from 'node:events'
import { bucketOf } from '../bucket-target.js'
import { CliError } from '../errors.js'
import type { Output } from '../output.js'
import { dumpsOf, type TargetOptions, tokenOf } from '../target.js'

export interface McpOptions extends TargetOptions {
  port?: number
  host: string
  mcpTokenFile?: string
}

/** `autodump mcp`: by standard input and output, or over HTTP with `--port`, until it is told to stop. */
export async function mcp(options: McpOptions, output: Output): Promise<void> {
  const { createMcpServer, serveHttp, serveStdio } = await load()
  const target = await dumpsOf(options, output)
  const server = () =>
    createMcpServer({
      name: target.name,
      ask: path => target.ask(path),
      ...(options.bucket !== undefined && { compareShares: sharesOf(options, output) }),
    })
  if (options.port === undefined) {
    // Standard output belongs to the protocol.
    await serveStdio(server)
    return
  }
  const token = options.mcpTokenFile === undefined ? undefined : tokenOf({ tokenFile: options.mcpTokenFile })
  const { port, host } = options
  const served = await serveHttp(server, { port, host, ...(token !== undefined && { token }) }).catch(error => {
    throw new CliError('failure', `cannot listen at ${host}:${port}: ${(error as Error).message}`)
  })
  output.note(
    `${target.name} is at ${served.address} for clients with the token ${token === undefined ? served.token : 'in the file'}`,
  )
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  await served.close()
}

const sharesOf = (options: McpOptions, output: Output) => async (query: Record<string, string>) => {
  const { readShares } = await import('@autodump/fleet')
  return readShares(await bucketOf(options, output), query)
}

/** A package of its own: its dependencies are many times larger than the rest of the command. */
async function load() {
  try {
    return await import('@autodump/mcp')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new CliError('failure', 'this needs the package @autodump/mcp: install it beside @autodump/cli')
  }
}
