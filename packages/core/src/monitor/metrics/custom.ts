import type { Block } from '../../link/block.js'

export function readCustom(block: Block, index: number): number | null {
  const value = block.getCustom(index)
  return Number.isNaN(value) ? null : value
}
