import { readFileSync } from 'node:fs'
import { triggerNames } from '@autodump/core/rules'
import { Argument, Command, CommanderError, Option } from 'commander'
import { type Action, anywhere, bucketOf, local, newCommand } from './command.js'
import { completionOf, type Shell, shells } from './completion.js'
import { exitCodes, exitOf } from './errors.js'
import { parseCount, parseDuration, parsePort } from './format.js'
import { createOutput, type Output } from './output.js'
import { exits, failureLines, hintAt, nameOptions, plainly } from './usage-words.js'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

/** Runs a command line, without the name of the program. Never rejects: resolves with the exit code of the process. */
export async function run(argv: string[]): Promise<number> {
  let output = createOutput(false)
  const program = describeProgram(made => {
    output = made
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCodes.ok
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    const [first = '', ...more] = failureLines(error)
    output.note(`autodump: ${first}`)
    for (const line of more) output.note(`  ${line}`)
    return exitOf(error)
  }
}

function describeProgram(onOutput: (output: Output) => void): Command {
  const program = new Command('autodump')
    .description('Lists, fetches and makes dumps of Node.js processes that run autodump, and tunes their thresholds.')
    .version(version)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(`autodump: ${plainly(text)}${hintAt(text)}`),
    })
    // Where less is left beside the options, the terminal would break words.
    .configureHelp({ minWidthToWrap: 20 })
    .addHelpText('after', exits)

  // Each loads its modules when it is run: a command line is used more often for one thing than for all.
  const command = (usage: string, summary: string, action: Action) =>
    newCommand(program, usage, summary, action, onOutput)

  anywhere(
    command('ls', 'list the dumps, newest first', async (output, options) =>
      (await import('./commands/ls.js')).ls(options, output),
    ),
  )
    .option('--limit <n>', 'at most so many', parseCount, 50)
    .option('--metric <name>', 'only dumps that this metric triggered')
    .option('--rule <name>', `only dumps of this rule: ${triggerNames.join(', ')}`)
  anywhere(
    command('show <id>', 'what a dump says, with stack, hot lines and source', async (output, options, id) =>
      (await import('./commands/show.js')).show(id, options, output),
    ),
  ).option('--markdown', 'the report instead, as explain prints it')
  local(
    command(
      'explain <what>',
      'a dump (its id, or a copy of it) or a profile in words, as Markdown for people and language models',
      async (output, options, what) => (await import('./commands/explain.js')).explain(what, options, output),
    ),
  )
  local(
    command('runs', 'the last runs that are over, and how each ended', async (output, options) =>
      (await import('./commands/runs.js')).runs(options, output),
    ),
  )
  anywhere(
    command('faults', 'what went wrong: the dumps of one fault as one row', async (output, options) =>
      (await import('./commands/faults.js')).faults(options, output),
    ),
  )
  anywhere(
    command(
      'pull <id> [files...]',
      'copy a dump, or some of its artifacts, into a directory',
      async (output, options, id, files) => (await import('./commands/pull.js')).pull(id, files, options, output),
    ),
  )
    .option('-o, --out <directory>', 'where to; by default a new directory named after the dump')
    .option('--force', 'overwrite what is there')
  local(
    command('rm <ids...>', 'remove dumps', async (output, options, ids) =>
      (await import('./commands/rm.js')).rm(ids, options, output),
    ),
  )
  local(
    command('trigger', 'make a dump now', async (output, options) =>
      (await import('./commands/trigger.js')).trigger(options, output),
    ),
  )
    .addOption(
      new Option('--capture <kinds>', 'kinds of evidence, with commas: cpu-profile,requests').argParser(text =>
        text.split(',').map(kind => kind.trim()),
      ),
    )
    .option('--duration <time>', 'how long a profile lasts: 2000, 500ms, 5s', parseDuration)
    .option('--reason <text>', 'goes into the manifest')
    .option('--no-wait', 'print the id and do not wait for the dump')
  local(
    command('cancel <id>', 'give up a dump that is being captured', async (output, options, id) =>
      (await import('./commands/cancel.js')).cancel(id, options, output),
    ),
  )
  local(
    command('status', 'the last sample, and why each rule did or did not fire', async (output, options) =>
      (await import('./commands/status.js')).status(options, output),
    ),
  )
  local(
    command('top', 'follow a process live', async (output, options) =>
      (await import('./commands/top.js')).top(options, output),
    ),
  )

  const thresholds = program.command('thresholds').description('see or change the thresholds of a running process')
  thresholds.exitOverride().action(() => thresholds.help({ error: true }))
  local(
    newCommand(
      thresholds,
      'get [metric]',
      'see the thresholds',
      async (output, options, metric) =>
        (await import('./commands/thresholds.js')).getThresholds(metric, options, output),
      onOutput,
    ),
  )
  local(
    newCommand(
      thresholds,
      'set <assignments...>',
      'change thresholds, all or none: cpu.watermark=70 heap.leak=null cpu=null',
      async (output, options, texts) =>
        (await import('./commands/thresholds.js')).setThresholds(texts, options, output),
      onOutput,
    ),
  )

  bucketOf(
    command('serve', 'the dashboard over the dumps of all services in a bucket', async (output, options) =>
      (await import('./commands/serve.js')).serveBucket(options, output),
    ),
  )
    .option('--port <n>', '0 for any that is free', parsePort, 8737)
    .option('--host <address>', 'who can reach it', '127.0.0.1')
    .option(
      '--token-file <file>',
      'holds the token of whoever may look (or AUTODUMP_TOKEN; else a random one is printed)',
    )
    .option('--user-header <name>', 'no token: a proxy in front sets this header for whoever it has let in')
    .option('--cache <dir>', 'keep what is known of the bucket there, for the next start; it may be thrown away')
    .option('--links', 'downloads are links to the store, signed for a minute, and do not go through this server')
    .option('--write', 'let them ignore, resolve and note faults: the bucket keeps that')

  bucketOf(
    command(
      'shares',
      'what a version costs more per request than the one before, function by function',
      async (output, options) => (await import('./commands/shares.js')).shares(options, output),
    ),
  )
    .option('--service <name>', 'by default every service')
    .option('--of <version>', 'by default the one that was seen last')
    .option('--than <version>', 'by default the one that was seen before it')
    .option('--instance <name>', 'compare this instance with its siblings of the same version instead')
  anywhere(
    command(
      'mcp',
      'answer language models: a server of the Model Context Protocol, which only reads',
      async (output, options) => (await import('./commands/mcp.js')).mcp(options, output),
    ),
  )
    .option('--port <n>', 'over HTTP instead of standard input and output; 0 for any that is free', parsePort)
    .option('--host <address>', 'who can reach it', '127.0.0.1')
    .option('--mcp-token-file <file>', 'holds the token of the HTTP clients (else a random one is printed)')

  const store = program.command('store').description('look after the bucket that dumps are uploaded to')
  store.exitOverride().action(() => store.help({ error: true }))
  bucketOf(
    newCommand(
      store,
      'check',
      'write, read, list and delete under the prefix, and say in words what is wrong',
      async (output, options) => (await import('./commands/store.js')).check(options, output),
      onOutput,
    ),
  )
  bucketOf(
    newCommand(
      store,
      'clean',
      'remove unfinished uploads that nobody goes on with',
      async (output, options) => (await import('./commands/store.js')).cleanUp(options, output),
      onOutput,
    ),
  ).option('--older-than <time>', 'only those that were begun before that: 500ms, 90s', parseDuration, 24 * 3600_000)

  anywhere(
    command(
      'analyze <file> [earlier]',
      'what a profile or heap snapshot of any tool says (also ID/FILE of a dump), and what grew since an earlier snapshot',
      async (output, options, path, earlier) =>
        (await import('./commands/analyze.js')).analyze(path, earlier, options, output),
    ),
  )
    .option('--from <time>', 'of a CPU profile: only from there on, from its beginning: 500ms, 2s', parseDuration)
    .option('--to <time>', 'only up to there', parseDuration)
  bucketOf(
    command(
      'replay [samples]',
      'which samples of a recorded series would have made a dump, and why; with --bucket those in its dumps',
      async (output, options, path) => (await import('./commands/replay.js')).replay(path, options, output),
    ),
  )
    .option('--thresholds <file>', 'JSON merge patch over the defaults, or options with `thresholds`')
    .option('--metric <name>', 'whose values a CSV file (timestamp,value) has')
    .option('--interval <time>', 'as if samples had been taken that often', parseDuration)
    .option('--history <n>', 'samples that the mean is made of (default: 10)', parseCount)
    .option('--warmup <n>', 'samples before a spike may fire (default: the history)', parseCount)
    .option('--service <name>', 'of a bucket: only its dumps')
    .option('--of <version>', 'of a bucket: only dumps of that version')
    .option(
      '--dumps <n>',
      'of a bucket: how many to look at, the newest first, at most 1000 (default: 200)',
      parseCount,
    )
  program
    .command('completion')
    .description('a script that completes commands, options and ids in a shell: eval "$(autodump completion bash)"')
    .exitOverride()
    .addArgument(new Argument('<shell>').choices(shells))
    .action((shell: Shell) => void process.stdout.write(completionOf(shell, program)))
  nameOptions(program)
  return program
}
