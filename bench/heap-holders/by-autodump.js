import { readHolders } from '@autodump/core/analysis'

const { holders } = await readHolders(process.argv[2])
const [{ path, class: name, entries, bytes }] = holders
console.log(`${path} (${name}, ${entries} entries), ${Math.round(bytes / 1024 ** 2)} MiB`)
