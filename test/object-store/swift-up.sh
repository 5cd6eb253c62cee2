#!/usr/bin/env bash
# One-node OpenStack Swift with the s3api middleware on loopback: a second real S3 server for tests.
#   apt-get install -y --no-install-recommends swift swift-proxy swift-account swift-container swift-object memcached
#   SWIFT_DIR=/tmp/swift SWIFT_PORTS="8080 8081 8082 8083 8090" swift-up.sh   (as root; proxy, three servers, memcached)
#   SWIFT_DIR=/tmp/swift swift-up.sh down                                     (stops it, removes its directory)
# tempauth user `test:tester`: the access key is "test:tester". One replica, one device, no auditors or replicators.
set -euo pipefail
dir=${SWIFT_DIR:-/tmp/swift}; ports=(${SWIFT_PORTS:-8080 8081 8082 8083 8090}); port=${ports[0]}; mem=${ports[4]}
PATH=$PATH:/usr/sbin
if [ "${1:-up}" = down ]; then
  for file in "$dir"/run/*.pid; do [ -e "$file" ] && kill "$(cat "$file")" 2>/dev/null || true; done
  sleep 0.5; rm -rf "$dir"; exit 0
fi
mkdir -p "$dir"/{etc,run,log,cache} "$dir/node/sda"
cd "$dir/etc"
printf '[swift-hash]\nswift_hash_path_prefix = dump\nswift_hash_path_suffix = dump\n[storage-policy:0]\nname = one\ndefault = yes\n' >swift.conf
number=0
for kind in object container account; do
  number=$((number + 1)); p=${ports[$number]}
  swift-ring-builder "$kind.builder" create 4 1 1 >/dev/null
  swift-ring-builder "$kind.builder" add "r1z1-127.0.0.1:$p/sda" 1 >/dev/null
  swift-ring-builder "$kind.builder" rebalance >/dev/null
  cat >"$kind.conf" <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $p
devices = $dir/node
mount_check = false
swift_dir = $dir/etc
user = root
workers = 0
fallocate_reserve = 0
log_level = WARNING
[pipeline:main]
pipeline = $kind-server
[app:$kind-server]
use = egg:swift#$kind
CONF
done
cat >proxy.conf <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $port
swift_dir = $dir/etc
user = root
workers = 0
log_level = WARNING
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck proxy-logging cache listing_formats bulk s3api tempauth copy slo dlo versioned_writes proxy-logging proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:proxy-logging]
use = egg:swift#proxy_logging
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:$mem
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
storage_domain = s3.localhost
force_swift_request_proxy_log = false
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = $SWIFT_SECRET .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_versioned_writes = true
CONF
start() { local name=$1; shift; setsid "$@" >>"$dir/log/$name.log" 2>&1 </dev/null & echo $! >"$dir/run/$name.pid"; }
start memcached memcached -u root -l 127.0.0.1 -p "$mem" -m 32
for kind in account container object; do start "$kind" "swift-$kind-server" "$dir/etc/$kind.conf" -v; done
start proxy swift-proxy-server "$dir/etc/proxy.conf" -v
for _ in $(seq 100); do curl -sf -o /dev/null "http://127.0.0.1:$port/healthcheck" && break; sleep 0.2; done
curl -sf "http://127.0.0.1:$port/healthcheck" >/dev/null
echo "endpoint=http://127.0.0.1:$port access=test:tester"
