import type { Command } from 'commander'

export const shells = ['bash', 'zsh', 'fish'] as const

export type Shell = (typeof shells)[number]

/** Commands that take an id, which is completed with those of the newest dumps. */
const takesId = ['show', 'explain', 'pull', 'rm']

interface Described {
  /** Its name, with that of the command above: `thresholds set`. */
  path: string[]
  summary: string
  options: { flag: string; summary: string }[]
  commands: string[]
}

/** The commands and their options, as the program itself knows them. */
function describe(command: Command, path: string[] = []): Described[] {
  const options = command.options.flatMap(({ long, description }) =>
    long ? [{ flag: long, summary: description }] : [],
  )
  const here = {
    path,
    summary: command.description(),
    options: [...options, { flag: '--help', summary: 'how it is used' }],
    commands: command.commands.map(one => one.name()),
  }
  return [here, ...command.commands.flatMap(one => describe(one, [...path, one.name()]))]
}

/** A script for the shell; it asks `autodump ls` for ids, so that they are right whenever they are asked for. */
export function completionOf(shell: Shell, program: Command): string {
  const all = describe(program)
  return { bash, zsh, fish }[shell](all)
}

/** Nothing that a shell would expand: `compgen -W` does. */
const ids = `autodump ls --limit 20 --json 2>/dev/null | sed -n 's/^ *"id": "\\([A-Za-z0-9._-]*\\)".*/\\1/p'`

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** The branches of a `case` that go from a command to the one below by its next word. */
const stepsOf = (all: Described[]) =>
  all
    .filter(({ path }) => path.length > 0)
    .map(
      ({ path }) =>
        `      ${quoted(path.length === 1 ? ` ${path[0]}` : path.join(' '))}) at=${quoted(path.join(' '))} ;;`,
    )
    .join('\n')

/** The branches of a `case` with the words that may follow each command. */
const wordsOf = (all: Described[], say: (words: string) => string) =>
  all
    .map(({ path, options, commands }) => {
      const words = [...commands, ...options.map(({ flag }) => flag)].join(' ')
      return `    ${quoted(path.join(' '))}) ${say(words)} ;;`
    })
    .join('\n')

function bash(all: Described[]): string {
  return `# autodump completion for bash: eval "$(autodump completion bash)"
_autodump() {
  local current="\${COMP_WORDS[COMP_CWORD]}" at='' word words=''
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$at $word" in
${stepsOf(all)}
    esac
  done
  case "$at" in
${wordsOf(all, words => `words=${quoted(words)}`)}
  esac
  case "$at" in
    ${takesId.join('|')}) [[ $current == -* ]] || words="$words latest $(${ids})" ;;
    analyze|replay) compopt -o default 2>/dev/null ;;
  esac
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$words" -- "$current")
}
complete -F _autodump autodump
`
}

function zsh(all: Described[]): string {
  return `#compdef autodump
# autodump completion for zsh: eval "$(autodump completion zsh)"
_autodump() {
  local at='' word # Not \`path\`: in zsh that is PATH, without which no command is found.
  local -a found
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
${stepsOf(all)}
    esac
  done
  case "$at" in
${wordsOf(all, words => `found=(${words})`)}
  esac
  case "$at" in
    ${takesId.join('|')}) [[ $PREFIX == -* ]] || found+=(latest \${(f)"$(${ids})"}) ;;
    analyze|replay) _files ;;
  esac
  compadd -a found
}
compdef _autodump autodump
`
}

function fish(all: Described[]): string {
  const [root, ...others] = all as [Described, ...Described[]]
  const single = others.filter(({ path }) => path.length === 1)
  const lines = [
    '# autodump completion for fish: autodump completion fish | source',
    'complete -c autodump -f',
    ...single.map(
      ({ path, summary }) => `complete -c autodump -n __fish_use_subcommand -a ${path[0]} -d ${quoted(summary)}`,
    ),
    ...root.options.map(
      ({ flag, summary }) => `complete -c autodump -n __fish_use_subcommand -l ${flag.slice(2)} -d ${quoted(summary)}`,
    ),
    ...others.flatMap(({ path, options, commands }) => {
      const condition = quoted(path.map(name => `__fish_seen_subcommand_from ${name}`).join('; and '))
      return [
        ...commands.map(name => `complete -c autodump -n ${condition} -a ${name}`),
        ...options.map(
          ({ flag, summary }) => `complete -c autodump -n ${condition} -l ${flag.slice(2)} -d ${quoted(summary)}`,
        ),
      ]
    }),
    `complete -c autodump -n ${quoted(`__fish_seen_subcommand_from ${takesId.join(' ')}`)} -a ${quoted(`latest (${ids})`)}`,
    `complete -c autodump -n '__fish_seen_subcommand_from analyze replay' -F`,
  ]
  return `${lines.join('\n')}\n`
}
