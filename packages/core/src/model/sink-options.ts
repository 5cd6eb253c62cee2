import type { ModulePlace } from './module-place.js'

/** A sink as data, as it is checked: `npm run generate` makes its JSON Schema of this. */
export interface SinkPlace {
  /**
   * A path (relative to the working directory, else to the app's script), a `file:` URL, or the name of a package that the
   * app can import.
   * @minLength 1
   * @maxLength 4096
   */
  module: string
  /**
   * Milliseconds that one call of the sink may take.
   * @multipleOf 1
   * @minimum 100
   * @maximum 3600000
   * @default 60000
   */
  timeout?: number
}

/** A module of the user's that dumps are given to, in the monitor thread. */
export interface SinkOptions extends Omit<SinkPlace, 'module'> {
  /**
   * A path (relative to the working directory, else to the app's script), a `file:` URL, or the name of a package that the
   * app can import.
   */
  module: string | URL
  /** Given to the function that the module exports: plain data. @default {} */
  options?: Record<string, unknown>
}

export interface ResolvedSink extends ModulePlace {
  options: Record<string, unknown>
  timeout: number
}
