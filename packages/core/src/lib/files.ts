export const directoryMode = 0o700

export const fileMode = 0o600

export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT'
