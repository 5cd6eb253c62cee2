/**
 * A whole number of things, or of bytes.
 * @multipleOf 1
 * @minimum 0
 */
export type Count = number
