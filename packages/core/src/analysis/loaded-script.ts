/** A script as V8 has it, which may be another than the file of its name. */
export interface LoadedScript {
  text: string
  /** What its `//# sourceMappingURL=` says; empty where there is none. */
  mapUrl: string
}

/** Scripts by URL, those of them that V8 knows. */
export type AskForScripts = (urls: string[]) => Promise<Map<string, LoadedScript>>
