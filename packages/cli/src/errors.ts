/** The exit code of the process; `docs/cli.md` promises them to scripts. */
export const exitCodes = {
  ok: 0,
  /** Anything that is none of the others: a refused token, a full disk, a capture that failed. */
  failure: 1,
  /** A command, option or value that is not valid, or a file of the wrong kind. */
  usage: 2,
  /** No such dump, artifact or file. */
  notFound: 3,
  /** No process, several to choose from, or one that does not answer. */
  unreachable: 4,
  /** A capture is in progress, or the hour's quota is used up: try again later. */
  busy: 5,
} as const

export type ExitName = keyof typeof exitCodes

/** A failure that is told in one line; where there is a choice, the choices follow, a line each. */
export class CliError extends Error {
  readonly exit: ExitName
  readonly lines: string[]

  constructor(exit: ExitName, message: string, lines: string[] = []) {
    super(message)
    this.exit = exit
    this.lines = lines
  }
}

/** The codes of `AutodumpError`. */
const byCode: Record<string, ExitName> = {
  INVALID: 'usage',
  NOT_FOUND: 'notFound',
  STOPPED: 'unreachable',
  BUSY: 'busy',
  LIMITED: 'busy',
}

export function exitOf(error: unknown): number {
  if (error instanceof CliError) return exitCodes[error.exit]
  // By its name, since the class may come from another copy of the core.
  if (error instanceof Error && error.name === 'AutodumpError')
    return exitCodes[byCode[(error as Error & { code: string }).code] ?? 'failure']
  return exitCodes.failure
}

const byStatus: Record<number, ExitName> = {
  400: 'usage',
  404: 'notFound',
  409: 'busy',
  413: 'usage',
  415: 'usage',
  429: 'busy',
  502: 'unreachable',
  503: 'unreachable',
  504: 'unreachable',
}

/** The words of a refusal of the admin API, in one line. */
export async function refusalOf(response: Response): Promise<CliError> {
  const { status } = response
  const text = await response.text().catch(() => '')
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json')
  const exit = byStatus[status] ?? 'failure'
  if (!isProblem) return new CliError(exit, `the answer was ${status}, and not one of autodump: is the URL right?`)
  const { title = '', detail = title, errors = [] } = JSON.parse(text) as Problem
  const fields = errors.map(({ field, message }) => (field ? `${field} ${message}` : message)).join('; ')
  const retry = response.headers.get('retry-after')
  const after = retry === null || exit === 'unreachable' ? '' : ` (try again in ${retry} s)`
  return new CliError(exit, `${fields || detail}${after}`)
}

interface Problem {
  title?: string
  detail?: string
  errors?: { field: string; message: string }[]
}
