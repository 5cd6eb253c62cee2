import type { ArtifactEntry } from '../api/types.ts'

/** The profile that this one is to be seen against: of the same kind and thread, the other phase before another file. */
export function partnerOf(artifact: ArtifactEntry, artifacts: ArtifactEntry[]): ArtifactEntry | undefined {
  const alike = artifacts.filter(
    other =>
      other.file !== artifact.file &&
      other.state === 'complete' &&
      other.kind === artifact.kind &&
      other.thread === artifact.thread &&
      extension(other.file) === extension(artifact.file),
  )
  return alike.find(({ phase }) => phase !== artifact.phase) ?? alike[0]
}

const extension = (file: string) => file.slice(file.lastIndexOf('.'))
