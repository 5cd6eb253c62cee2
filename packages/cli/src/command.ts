import type { Command } from 'commander'
import { parseCount } from './format.js'
import { createOutput, type Output } from './output.js'

/** `never` fits every option and argument: commander knows their types at run time only. */
export type Action = (output: Output, options: never, first: never, second: never) => Promise<void>

export function newCommand(
  parent: Command,
  usage: string,
  summary: string,
  action: Action,
  onOutput: (output: Output) => void,
): Command {
  return parent
    .command(usage)
    .description(summary)
    .exitOverride()
    .option('--json', 'for machines: the JSON of the admin API')
    .action(async (...all: unknown[]) => {
      // The arguments, then the options, then the command itself.
      const [options, [first, second]] = [all.at(-2) as { json?: boolean }, all.slice(0, -2)]
      const output = createOutput(options.json === true)
      onOutput(output)
      await action(output, options as never, first as never, second as never)
    })
}

/** Where to find the dumps and their process. */
export function local(command: Command): Command {
  return command
    .option(
      '--dir <directory>',
      'the dump directory (AUTODUMP_DIR; by default those of all programs, in autodump in the temporary directory)',
    )
    .option('--pid <pid>', 'the process, where several write to the directory', parseCount)
    .option('--url <url>', 'an admin API instead of a local process, e.g. http://10.0.0.7:3000/debug/autodump')
    .option('--token-file <file>', 'holds the token for --url (or AUTODUMP_TOKEN)')
    .option('--token <token>', 'the token itself; other users of the machine can see it, better use one of the above')
}

/** The dumps of a directory, a process or a bucket. */
export function anywhere(command: Command): Command {
  return bucketOf(
    local(command),
    'instead of a directory: the dumps of all services in s3://name/prefix or file:///path',
  )
}

/** Where the bucket is; by default as the environment of a process would say it. */
export function bucketOf(command: Command, what = 's3://name/prefix or file:///path (AUTODUMP_BUCKET)'): Command {
  return command
    .option('--bucket <url>', what)
    .option('--endpoint <url>', 'an S3-compatible store (AUTODUMP_BUCKET_ENDPOINT)')
    .option('--region <name>', 'AUTODUMP_BUCKET_REGION')
    .option('--virtual-host', 'name.host/key instead of host/name/key')
    .addHelpText(
      'after',
      '\nCredentials come from AUTODUMP_BUCKET_ACCESS_KEY_ID and\n_SECRET_ACCESS_KEY, or are found as AWS tools do.',
    )
}
