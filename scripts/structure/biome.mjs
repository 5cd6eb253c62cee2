// The table of rooms as rules of Biome, so that an editor shows an import against it: `biome.rooms.json`.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { mayImport } from './table.mjs'

const file = fileURLToPath(new URL('../../biome.rooms.json', import.meta.url))

function rulesOf([room, allowed]) {
  const isInside = other => other.startsWith(`${room}/`)
  const forbidden = Object.keys(mayImport).filter(
    other => other !== room && !allowed.includes(other) && !isInside(other),
  )
  const group = [
    ...(room === 'app/mid-block' ? ['node:fs', 'node:fs/*'] : []),
    ...forbidden.map(other => `**/${other}/**`),
  ]
  const message = `docs/architecture.md: ${room} may import ${allowed.join(', ') || 'nothing'}`
  return {
    includes: [
      `packages/core/src/${room}/**`,
      '!**/*.test.ts',
      ...Object.keys(mayImport)
        .filter(isInside)
        .map(other => `!packages/core/src/${other}/**`),
    ],
    linter: {
      rules: {
        style: { noRestrictedImports: { level: 'error', options: { patterns: [{ group, message }] } } },
      },
    },
  }
}

const wanted = `${JSON.stringify({ overrides: Object.entries(mayImport).map(rulesOf) }, null, 2)}\n`

/** Whether the file says what the table says. */
export const isBiomeUpToDate = () => readFileSync(file, 'utf8') === wanted

export const writeBiome = () => writeFileSync(file, wanted)
