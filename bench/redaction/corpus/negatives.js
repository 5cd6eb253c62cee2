// Texts without a secret, which have to stay as they are: places in code, prose about secrets, ids, hashes, names.
const message = text => ({ text, as: 'message' })
const path = text => ({ text, as: 'path' })
const args = list => ({ text: list, as: 'arguments' })

const files = ['auth', 'token', 'session', 'secret', 'cookie', 'password', 'credentials', 'signature', 'jwt', 'api-key']
const places = files.flatMap((name, at) => {
  const line = `${at + 3}:${at + 15}`
  return [
    `    at validate (/app/src/${name}.service.mjs:${line})`,
    `    at validate (file:///app/dist/${name}.js:${line})`,
    `    at async Object.${name} (C:\\shop\\src\\${name}.ts:${line})`,
    `TypeError: Cannot read properties of undefined (reading 'name') in validate (file:///srv/${name}/${name}.guard.ts:${line})`,
    `/app/src/${name}.ts:${at + 3}`,
  ]
})
places.push(
  '    at Object.token (node:internal/crypto/keys:619:15)',
  '    at Session.post (node:inspector:120:28)',
  '    at new Session (node:internal/http2/core:1180:5)',
  '    at async Promise.all (index 0)',
  '    at /app/node_modules/.pnpm/express-session@1.18.0/node_modules/express-session/index.js:495:7',
  '    at verify (/app/node_modules/.pnpm/jsonwebtoken@9.0.2_@types+node@20.1.0/node_modules/jsonwebtoken/verify.js:21:10)',
  '    at Password.hash [as default] (webpack:///./src/password.ts:12:3)',
  '    at eval (webpack-internal:///./src/token.js:5:9)',
  '    at https://cdn.example/assets/index-Bx3k_9aZ.js:1:23456',
  '    at https://cdn.example/assets/auth.5d41402abc4b2a76b9719d911017c592.js:1:23456',
  '    at session (/Users/jane doe/my app/session store.ts:9:1)',
  "Cannot find module './auth.service' imported from /app/src/token.js",
  "ENOENT: no such file or directory, open '/run/secrets/db_password'",
  "EACCES: permission denied, open '/etc/shop/session.json'",
  'src/auth/token.ts(12,5): error TS2322: Type string is not assignable to type number.',
  '/app/src/session.js:7\n  const session = await getSession(request)\n                  ^',
  'file:///app/token.mjs:2\nconst token = req.headers.token.trim()\n',
)

const prose = `
the password is wrong
Password must be at least 8 characters
password: must be a string
password: is required
"password" is required
"password" is not allowed to be empty
Path \`password\` is required.
User validation failed: password: Path \`password\` is required.
body/password must NOT have fewer than 8 characters
body must have required property 'password'
token expired at 12:30
token: expired
token: invalid
Token is not yet valid
jwt expired
jwt malformed
jwt must be provided
invalid token
invalid signature
invalid csrf token
session: not found
session not found
Session 17 was closed
session: closed by peer
auth: login refused
auth: failed
Auth0 is not reachable
author: Jane Doe
authors: jane, joe
authority: example.com
Unexpected token } in JSON at position 4
Unexpected token < in JSON at position 0
Unexpected token 'a', "abc" is not valid JSON
Unexpected end of JSON input
SyntaxError: Invalid or unexpected token
Missing access token
missing credentials
Missing credentials for "PLAIN"
Invalid login: 535-5.7.8 Username and Password not accepted
535 Authentication failed: bad username or password
password authentication failed for user "shop"
role "shop" does not exist
Access denied for user 'root'@'localhost' (using password: YES)
Access denied for user 'root'@'10.0.0.7' (using password: NO)
WRONGPASS invalid username-password pair or user is disabled.
NOAUTH Authentication required.
ERR Client sent AUTH, but no password is set
Authorization header is missing
Authorization: required
authorization failed
No authorization token was found
Bearer token is missing
WWW-Authenticate: Bearer error="invalid_token"
basic authentication is off
Basic auth is not supported
cookie: not set
the cookie has no domain
Cookie "theme" has been rejected
cookies are disabled
secret "db-credentials" not found
secrets "shop-tls" is forbidden
secret must be at least 32 characters
secretOrPrivateKey must have a value
the API key is not valid
API key: required
api_key is missing
Invalid API key
Incorrect API key provided
private key does not match certificate
error:0909006C:PEM routines:get_name:no start line
public key: ok
passed: 12, failed: 3
pass: 12
tests pass on Windows
bypass: none
compass: north
tokens: 1500
max_tokens: 4096
maxTokens=4096
{"usage":{"prompt_tokens":120,"completion_tokens":55,"total_tokens":175}}
token count: 12
sessions: 12
session timeout: 3600
sessionTimeout=3600
session_timeout: 30s
passwordLength=12
password_policy: strict
password reset failed
passwordResetUrl=/reset
tokenType=Bearer
token_type: bearer
token_endpoint: /oauth/token
auth_type=none
authType: basic
cookieName: sid
cookie_domain=example.com
secretName: shop-tls
secretsmanager is not reachable
keyspace: shop
key: value
key=users
primaryKey: id
primary key: id
foreign key constraint fails
cacheKey: users
partition key: eu
duplicate key value violates unique constraint "users_email_key"
Key (email)=(jane@example.com) already exists.
Duplicate entry 'jane' for key 'users.name'
{"password":null,"token":""}
{ password: undefined, token: null }
{ password: '********', token: '***' }
password=[redacted]
token: [REDACTED]
password: [Function: password]
auth: [Object]
session: [Object], tokens: [Array]
password: string
interface Login { password: string; token?: string }
required fields: ['password', 'email']
columns "password", "created_at"
["token","session"]
password=\${DB_PASSWORD}
password: $DB_PASSWORD
password: process.env.DB_PASSWORD
token: req.headers.token
const token = await getToken()
--password <password>
--token-file /run/token
--session-timeout 30
usage: tool --token TOKEN_FILE [--password]
missing option --password
option --auth is deprecated
mkdir -p build
docker run -p 8080:80 shop
psql -p 5432 -h db
ssh -p 2222 host
curl -u 1000:1000
node -p process.version
`
const things = `
connect ECONNREFUSED 127.0.0.1:5432
getaddrinfo ENOTFOUND db.example.com
connect ETIMEDOUT 10.0.0.7:6379
listen EADDRINUSE: address already in use :::3000
read ECONNRESET
Error [ERR_HTTP_HEADERS_SENT]: Cannot set headers after they are sent to the client
code: 'ERR_INVALID_ARG_TYPE'
user 6f1c2b34-9a7e-4c1d-8f00-0123456789ab not found
order 507f1f77bcf86cd799439011 not found
Cast to ObjectId failed for value "12" (type string) at path "_id" for model "User"
user 01ARZ3NDEKTSV4RRFFQ69G5FAV not found
user 4711 not found
trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7
traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
request id 6f1c2b34-9a7e-4c1d-8f00-0123456789ab
commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b
version 1.2.3-beta.4+build.20261129.9f86d08
shop@2.0.0-rc.1+sha.9f86d081884c7d659a2feaa0c55ad015a3bf4f1b
sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
etag: "5d41402abc4b2a76b9719d911017c592"
dump 20261129T013512123Z-42-cpu-spike is gone
2026-11-29T01:35:12.123Z INFO started
2026-11-29 01:35:12,123 [main] INFO started
uptime: 12:30:45
ratio: 16:9
SELECT id, name FROM users WHERE id = $1
INSERT INTO orders (id, total) VALUES ($1, $2)
UPDATE sessions SET seen_at = now() WHERE id = 17
SELECT count(*) FROM tokens WHERE expired
relation "sessions" does not exist
column "password" of relation "users" does not exist
Module not found: Error: Can't resolve 'jsonwebtoken' in '/app/src'
Cannot find package '@nestjs/passport' imported from /app/dist/main.js
handlePaymentNotificationFromUpstreamService is not a function
TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 is not supported
XMLHttpRequestEventTargetPrototype is not defined
UserAuthenticationServiceImplementationFactory.create is not a function
Internationalization of donaudampfschifffahrtsgesellschaft
/static/main.3f2a9c1b.chunk.css was not found
GET /assets/index-Bx3k_9aZ.js 404
GET /_next/static/chunks/pages/_app-5d41402abc4b2a76b9719d911017c592.js 404
GET /auth/login 401
POST /session/new 500
Route GET:/users/17 not found
GET /users/6f1c2b34-9a7e-4c1d-8f00-0123456789ab/orders 500
GET https://api.example/v1/users/17/tokens 403
fetch https://packages.example.com/express/-/express-4.18.2.tgz failed
https://github.com/expressjs/session/issues/17
http://localhost:3000/auth/callback
https://esm.sh/react@18.2.0/index.js
https://cdn.example/npm/@scope/package@1.2.3/dist/index.js
postgres://db:5432/shop
redis://cache:6379/0
mongodb://a.example:27017,b.example:27017/shop
jane@example.com is taken
mailto:jane@example.com
from: jane@example.com
author: jane@example.com
git@github.com:org/repo.git
npm:react@18.2.0
docker.io/library/node:20-alpine
arn:aws:iam::123456789012:role/shop
ip-10-0-12-34.eu-west-1.compute.internal
shop-api-5f7d8c9b4d-x2x7k is not ready
pool size: 10, idle: 3, waiting: 12
heap used: 120 MiB
process.env.NODE_ENV: production
error: something
status: 500
name: shop
Error: timeout of 1000ms exceeded
Request failed with status code 401
Command failed: git pull origin main
Command failed: npm run build
Command failed: ffmpeg -i in.mp4 -p:v 2 out.webm
Maximum call stack size exceeded
invalid input syntax for type uuid: "12"
value too long for type character varying(255)
Cannot read properties of undefined (reading 'token')
Cannot destructure property 'password' of 'request.body' as it is undefined.
Property 'session' does not exist on type 'Request'
'token' is declared but its value is never read.
Assignment to constant variable 'secret'.
password is not defined
getaddrinfo EAI_AGAIN session-store
Promise.withResolvers is not a function
http_request_duration_seconds_bucket
autodump_event_loop_delay_milliseconds_max
a-long-slug-of-a-blog-about-how-we-moved-300-services-to-node-24
how-to-reset-your-password-in-five-easy-steps
the-secret-of-successful-session-handling-explained
std::auth::Token::parse
Auth::Session.create
I/O error: broken pipe
data: 3 rows
Unsupported state or unable to authenticate data
`
const lines = text => text.trim().split('\n').map(message)

const paths = [
  '/auth/login',
  '/session/new',
  '/users/17',
  '/users/6f1c2b34-9a7e-4c1d-8f00-0123456789ab',
  '/files/report-6f1c2b34-9a7e-4c1d-8f00-0123456789ab.pdf',
  '/orders/507f1f77bcf86cd799439011',
  '/events/01ARZ3NDEKTSV4RRFFQ69G5FAV',
  '/users/clh3x2k9f0000qzrmn831i7rn',
  '/debug/autodump/dumps/20261129T013512123Z-42-cpu-spike',
  '/debug/autodump/dumps/20261129T013512123Z-42-eventLoopDelay-watermark',
  '/assets/index-Bx3k_9aZ.js',
  '/static/main.3f2a9c1b.chunk.css',
  '/_next/static/chunks/5d41402abc4b2a76b9719d911017c592.js',
  '/fonts/inter-5d41402abc4b2a76b9719d911017c592.woff2',
  '/blog/how-we-moved-300-services-to-node-24-in-2026',
  '/blog/donaudampfschifffahrtsgesellschaftskapitaen',
  '/npm/@scope%2fpackage/-/package-1.2.3-beta.4.tgz',
  '/api/v1/organizations/123456789012/subscriptions/active',
  '/reports/2026-11-29T01:35:12.123Z',
  '/tokens/refresh',
  '/password/reset',
  '/.well-known/openid-configuration',
  '/wp-content/themes/twentytwentyfour/style.css',
  '/search/the-quick-brown-fox-jumps-over-the-lazy-dog',
  '/products;color=red;size=large',
].map(path)

const commandLines = [
  ['node', '--max-old-space-size=200', '/app/server.js', '--port', '3000'],
  ['--author=bob', '--authors', 'ann', 'a@b.example'],
  ['node', '--require', './auth.js', '--session-timeout', '30'],
  ['tool', '-p', '3000'],
  ['tool', '-p', '8080:80'],
  ['tool', '-p', './tsconfig.json'],
  ['tool', '--token-file', '/run/token'],
  ['tool', '--password-file=/run/secrets/password'],
  ['node', '--tls-cipher-list=ECDHE-RSA-AES128-GCM-SHA256', 'app.js'],
  ['node', '--enable-source-maps', 'dist/session.js'],
  ['--keyspace=shop', '--key', 'users'],
  ['--no-auth', 'serve'],
].map(args)

export const negatives = [...places.map(message), ...lines(prose), ...lines(things), ...paths, ...commandLines]
