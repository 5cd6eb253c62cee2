import { isLetter } from '../chars.js'
import { gone } from './cursor.js'
import { isHarmlessOption } from './options.js'
import { isMixed, isNameCode } from './reading.js'
import { secretKind } from './secret-names.js'
import { isShortSecret } from './short-secret.js'
import { redactText } from './text.js'

/** A command line without the parts that look like a secret: a guess by names and shapes, so not a promise. */
export function redactCommandLine(args: string[]): string[] {
  return args.map((arg, index) => redactArgument(arg, args[index - 1] ?? ''))
}

function redactArgument(arg: string, before: string): string {
  const isOption = arg.startsWith('-') && isLetter(arg.charCodeAt(arg.startsWith('--') ? 2 : 1))
  if (!isOption && arg !== '') {
    if (isSecretOption(before)) return gone
    if (before === '-p' && !isHarmlessOption(arg)) return gone
    if (before === '-P' && isShortSecret(arg)) return gone
    if (before === '-u' || before === '-U' || before === '--user')
      return redactText(`${before} ${arg}`).slice(before.length + 1)
  }
  const sign = nameEnd(arg)
  if (arg.charCodeAt(sign) === 0x3d && sign < arg.length - 1 && secretKind(arg, 0, sign) !== null)
    return `${arg.slice(0, sign)}=${gone}`
  if (
    arg.startsWith('-p') &&
    !arg.startsWith('--') &&
    arg.length >= 8 &&
    isMixed(arg) &&
    !isHarmlessOption(arg.slice(2)) &&
    !arg.includes('=')
  )
    return `-p${gone}`
  return redactText(arg)
}

const isSecretOption = (arg: string): boolean =>
  arg.startsWith('-') && arg.length > 2 && nameEnd(arg) === arg.length && secretKind(arg) !== null

/** The last part of `--smtp-pass` and `DB_PASS`. */
function nameEnd(arg: string): number {
  let end = 0
  while (end < arg.length && isNameCode(arg.charCodeAt(end))) end++
  return end
}
