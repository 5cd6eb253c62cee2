import type { Command } from 'commander'
import { CliError } from './errors.js'

/** At most 60 columns: terminals beside an editor have no more. */
export const exits = `
An id may be shortened: its beginning, the time of day, the
process or the metric is enough where only one dump has it.
\`latest\` is the newest one.

Exit codes:
  0  done
  1  failure
  2  invalid usage or input
  3  no such dump, artifact or file
  4  no process, several, or it does not answer
  5  busy or limited: try again later`

/** What to do about a command line that commander refuses. */
export function hintAt(error: string): string {
  if (/missing required argument 'ids?'/.test(error)) return '  autodump ls lists the ids; `latest` is the newest one\n'
  if (/unknown command/.test(error)) return '  autodump --help lists the commands\n'
  return /unknown option|missing required|too many arguments/.test(error)
    ? '  --help after the command lists what it takes\n'
    : ''
}

/** In the words of the other refusals: what is wrong first, without the terms of the parser. */
export const plainly = (error: string): string =>
  error
    .replace(/^error: /, '')
    .replace(
      /^command-argument value '(.*)' is invalid for argument '(.*)'\. Allowed choices are (.*)\.$/m,
      '$2 must be one of $3, got $1',
    )
    .replace(/^option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/m, '$1 must be one of $3, got $2')

/** A refused value says of which option it is: a command line may have several. */
export function nameOptions(command: Command): void {
  for (const option of command.options) {
    const parse = option.parseArg
    if (!parse) continue
    option.parseArg = <T>(value: string, previous: T): T => {
      try {
        return parse(value, previous)
      } catch (error) {
        throw error instanceof CliError ? new CliError(error.exit, `${option.long}: ${error.message}`) : error
      }
    }
  }
  for (const one of command.commands) nameOptions(one)
}

/** The lines of a failure. Where the system says no, the place comes first, and then whom to be. */
export function failureLines(error: unknown): string[] {
  const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1)
  const more = error instanceof CliError ? error.lines : []
  const [, code, path] = /\b(EACCES|EPERM): [\w ]+, \w+ '(.*?)'/.exec(message) ?? []
  if (path === undefined) return [message, ...more]
  return [`cannot use ${path}: this user may not (${code})`, 'run it as the user of the app, or name another place']
}
