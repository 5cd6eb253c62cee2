/** A module that the monitor thread loads by name. */
export interface ModulePlace {
  /** As it was given. */
  module: string
  /** Absolute paths where the module may be, the likeliest first; for a package, files from which it is looked up. */
  places: string[]
  isPackage: boolean
}
