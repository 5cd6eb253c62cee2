/** A module of the user's that dumps are given to, in the monitor thread. */
export interface SinkOptions {
  /**
   * A path (relative to the working directory, else to the app's script), a `file:` URL, or the name of a package that the
   * app can import.
   */
  module: string | URL
  /** Given to the function that the module exports: plain data. @default {} */
  options?: Record<string, unknown>
  /** Milliseconds that one call of the sink may take, 100 to 3,600,000. @default 60,000 */
  timeout?: number
}

export interface ResolvedSink {
  /** As it was given. */
  module: string
  /** Absolute paths where the module may be, the likeliest first; for a package, files from which it is looked up. */
  places: string[]
  isPackage: boolean
  options: Record<string, unknown>
  timeout: number
}
