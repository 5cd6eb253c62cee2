/** A start that has not ended: milliseconds since the program began, and whether it has been given up. */
export interface Start {
  ms: number
  isOverdue: boolean
}
