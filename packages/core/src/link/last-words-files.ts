/** The files of last words. */
export const lastWordsFiles = { error: 'error.json', exit: 'exit.json', abort: 'abort.json' } as const
