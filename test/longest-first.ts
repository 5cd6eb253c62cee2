import { statSync } from 'node:fs'
import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files of less than so many bytes only call a suite that lies elsewhere. */
const shortFile = 1000

/**
 * The longest test files first, so that no worker waits for the last one: by how long they took the last time, as
 * Vitest knows it. In a checkout without a last time Vitest goes by the size, which is wrong for the files that only call
 * a suite: those come first.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const projects = [...new Set(sorted.map(({ project }) => project))]
    const rank = ({ project, moduleId }: TestSpecification) => {
      const key = `${project.name}:${relative(this.ctx.config.root, moduleId)}`
      const isUnknown = !this.ctx.cache.getFileTestResults(key)
      return 2 * projects.indexOf(project) + (isUnknown && statSync(moduleId).size < shortFile ? 0 : 1)
    }
    return [...sorted].sort((a, b) => rank(a) - rank(b))
  }
}
