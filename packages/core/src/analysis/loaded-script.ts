/** A script as V8 has it, which may differ from the file of its name. */
export interface LoadedScript {
  text: string
  /** The value of its `//# sourceMappingURL=`; empty if there is none. */
  mapUrl: string
}

/** Scripts by URL, limited to those that V8 knows. */
export type AskForScripts = (urls: string[]) => Promise<Map<string, LoadedScript>>
