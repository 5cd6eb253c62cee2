// `node smoke.mjs FRAMEWORK ENGINE`
import { check } from './check.mjs'

const [name, engine] = process.argv.slice(2)
const { default: framework } = await import(name)
await check(name, await import(`@autodump/${name}`), framework, engine)
