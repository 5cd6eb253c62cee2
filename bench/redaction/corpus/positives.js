// Texts that have a secret in them, as libraries, tools and people write them. The values are put together when the file is
// read, so that no scanner takes them for real ones.
const join = (...parts) => parts.join('')
const of = (alphabet, length, seed) => {
  let state = seed
  let text = ''
  while (text.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    text += alphabet[(state >> 8) % alphabet.length]
  }
  return text
}
const lower = 'abcdefghijklmnopqrstuvwxyz'
const upper = lower.toUpperCase()
const digits = '0123456789'
const hex = (length, seed) => of(`${digits}abcdef`, length, seed)
const base62 = (length, seed) => of(lower + upper + digits, length, seed)
const base64url = (length, seed) => of(`${lower}${upper}${digits}-_`, length, seed)
const encoded = text => Buffer.from(text).toString('base64')

const short = join('hunter', '2Xq')
const plain = join('let', 'mein')
const marked = join('p4$$', 'w0rd!,x')
const digitsOnly = join('48', '1516')

const keys = {
  'Stripe, live': join('sk', '_live_', base62(24, 1)),
  'Stripe, test': join('sk', '_test_', base62(24, 2)),
  'Stripe, restricted': join('rk', '_live_', base62(24, 3)),
  'Stripe, webhook': join('wh', 'sec_', base62(32, 4)),
  GitHub: join('gh', 'p_', base62(36, 5)),
  'GitHub, OAuth': join('gh', 'o_', base62(36, 6)),
  'GitHub, server': join('gh', 's_', base62(36, 7)),
  'GitHub, fine-grained': join('github', '_pat_', base62(22, 8), '_', base62(59, 9)),
  GitLab: join('gl', 'pat-', base64url(20, 10)),
  'Slack, bot': join('xo', 'xb-', digitsOnly, '01234-', digitsOnly, '56789-', base62(24, 11)),
  'Slack, user': join('xo', 'xp-', digitsOnly, '01234-', digitsOnly, '-', hex(32, 12)),
  'Slack, app': join('xa', 'pp-1-A0', base62(9, 13), '-', digitsOnly, '-', hex(64, 14)),
  AWS: join('AK', 'IA', of(upper + digits, 16, 15)),
  'AWS, session': join('AS', 'IA', of(upper + digits, 16, 16)),
  Google: join('AI', 'za', base64url(35, 17)),
  'Google, OAuth': join('ya', '29.', base64url(60, 18)),
  'Google, client': join('GOC', 'SPX-', base64url(28, 19)),
  npm: join('np', 'm_', base62(36, 20)),
  PyPI: join('py', 'pi-', 'AgEIcHlwaS5vcmc', base64url(60, 21)),
  Docker: join('dckr', '_pat_', base64url(27, 22)),
  OpenAI: join('sk', '-proj-', base64url(48, 23)),
  Anthropic: join('sk', '-ant-api03-', base64url(60, 24)),
  'Hugging Face': join('h', 'f_', base62(34, 25)),
  SendGrid: join('S', 'G.', base64url(22, 26), '.', base64url(43, 27)),
  Twilio: join('S', 'K', hex(32, 28)),
  Mailgun: join('ke', 'y-', hex(32, 29)),
  DigitalOcean: join('do', 'p_v1_', hex(64, 30)),
  Vault: join('hv', 's.', base62(24, 31)),
  Grafana: join('gl', 'sa_', base62(32, 32), '_', hex(8, 33)),
  Shopify: join('shp', 'at_', hex(32, 34)),
  Linear: join('lin', '_api_', base62(40, 35)),
  'JSON Web Token': join(
    'ey',
    'J',
    encoded('"alg":"HS256"}').replaceAll('=', ''),
    '.',
    'ey',
    'J',
    base64url(40, 36),
    '.',
    base64url(43, 37),
  ),
}

const pem = label =>
  `-----BEGIN ${label}-----\n${base62(64, 40)}\n${base62(64, 41)}\n${base62(30, 42)}==\n-----END ${label}-----`

/** `text` has `secret` in it; `as` is what it is: a message, a command line, the target of a request. */
const message = (name, secret, text) => ({ name, secret, text, as: 'message' })
const args = (name, secret, list) => ({ name, secret, text: list, as: 'arguments' })
const path = (name, secret, text) => ({ name, secret, text, as: 'path' })

const sentences = [
  key => `Invalid API Key provided: ${key}`,
  key => `401 Unauthorized (${key})`,
  key => `request failed with headers {"x-key":"${key}"}`,
]

const assigned = [
  value => `password=${value}`,
  value => `password: ${value}`,
  value => `Password: ${value}`,
  value => `PASSWORD = ${value}`,
  value => `login failed, password="${value}"`,
  value => `login failed for { user: 'shop', password: '${value}' }`,
  value => `bad body {"user":"jane","password":"${value}"}`,
  value => `bad body {"user":"jane", "passwd" : "${value}", "remember":true}`,
  value => `bad body {\\"user\\":\\"jane\\",\\"password\\":\\"${value}\\"}`,
  value => `cannot connect: DB_HOST=db DB_PASS=${value} DB_PORT=5432`,
  value => `PGPASSWORD=${value} psql failed`,
  value => `connection string Server=db;User Id=sa;Password=${value};Encrypt=true`,
  value => `host=db user=shop password=${value} dbname=shop`,
  value => `smtp.pass=${value}`,
  value => `spring.datasource.password=${value}`,
  value => `invalid config: dbPassword: '${value}'`,
  value => `{ auth: { user: 'shop', pass: "${value}" } }`,
  value => `clientSecret => ${value}`,
  value => `client_secret=${value}&grant_type=client_credentials`,
  value => `grant_type=password&username=jane&password=${value}`,
  value => `user[password]=${value}`,
  value => `Map(1) { 'password' => '${value}' }`,
  value => `<password>${value}</password>`,
  value => `<login user="jane" password="${value}"/>`,
  value => `&quot;password&quot;:&quot;${value}&quot;`,
  value => `body=password%3D${value}`,
  value => `passphrase: \`${value}\``,
  value => `api_key: ${value}`,
  value => `apiKey=${value}`,
  value => `X-Api-Key: ${value}`,
  value => `x-auth-token=${value}`,
  value => `access_token="${value}"`,
  value => `"refreshToken": "${value}"`,
  value => `secret = '${value}'`,
  value => `SECRET_KEY_BASE=${value}`,
  value => `JWT_SECRET: ${value}`,
  value => `privateKey: '${value}'`,
  value => `Account: AccountName=shop;AccountKey=${value};EndpointSuffix=core`,
  value => `//registry.example/:_authToken=${value}`,
  value => `session_id=${value}`,
  value => `{"token":"${value}"}`,
  value => `_csrf=${value}`,
  value => `credentials: { user: 'jane', key: '${value}' }`,
  value => `secrets: [ '${value}' ]`,
  value => `{"passwords":["${value}","x"]}`,
  value => `requirepass=${value}`,
  value => `passwordConfirmation: "${value}"`,
  value => `old_password=${value}&x=1`,
].flatMap((make, at) =>
  [short, plain, marked].slice(0, at % 3 === 0 ? 2 : 1).map(value => message(`assigned ${at}`, value, make(value))),
)

const libraries = [
  message(
    'mongoose, length',
    short,
    `User validation failed: password: Path \`password\` (\`${short}\`, length 9) is shorter than the minimum allowed length (12).`,
  ),
  message(
    'mongoose, longer',
    short,
    `User validation failed: passphrase: Path \`passphrase\` (\`${short}\`, length 9) is longer than the maximum allowed length (5).`,
  ),
  message('mongoose, match', short, `User validation failed: password: Path \`password\` is invalid (${short}).`),
  message(
    'mongoose, enum',
    short,
    `User validation failed: token: \`${short}\` is not a valid enum value for path \`token\`.`,
  ),
  message(
    'mongoose, cast',
    short,
    `User validation failed: pin: Cast to Number failed for value "${short}" (type string) at path "pin"`,
  ),
  message(
    'mongoose, minimum',
    digitsOnly,
    `User validation failed: pin: Path \`pin\` (${digitsOnly}) is less than minimum allowed value (500000).`,
  ),
  message(
    'mongodb, duplicate',
    short,
    `E11000 duplicate key error collection: shop.users index: apiToken_1 dup key: { apiToken: "${short}" }`,
  ),
  message(
    'mongodb, uri',
    short,
    `MongoServerSelectionError: getaddrinfo ENOTFOUND mongodb+srv://shop:${short}@cluster0.example.net/shop?retryWrites=true`,
  ),
  message(
    'mongodb, hosts',
    short,
    `connect failed: mongodb://shop:${short}@a.example:27017,b.example:27017/shop?replicaSet=rs0`,
  ),
  message('pg, url', short, `connect ECONNREFUSED postgres://shop:${short}@db:5432/shop`),
  message('pg, slash', short, `connect ECONNREFUSED postgres://shop:a/${short}@db/shop`),
  message('pg, hash', short, `connect ECONNREFUSED postgres://shop:a#${short}@db/shop`),
  message('pg, question mark', short, `connect ECONNREFUSED postgres://shop:a?${short}@db/shop`),
  message('pg, at', short, `connect ECONNREFUSED postgres://shop:a@${short}@db/shop`),
  message(
    'pg, duplicate',
    short,
    `duplicate key value violates unique constraint "users_api_token_key": Key (api_token)=(${short}) already exists.`,
  ),
  message('pg, statement', short, `error: syntax error at or near "ROLE" in ALTER USER shop WITH PASSWORD '${short}'`),
  message('pg, where', short, `SELECT * FROM users WHERE email = 'a@b.example' AND password = '${short}'`),
  message('mysql, url', short, `ER_ACCESS_DENIED_ERROR mysql://root:${short}@127.0.0.1:3306/shop`),
  message('mysql, duplicate', short, `ER_DUP_ENTRY: Duplicate entry '${short}' for key 'users.api_token'`),
  message('mysql, identified', short, `ER_PARSE_ERROR: CREATE USER 'shop'@'%' IDENTIFIED BY '${short}'`),
  message('mysql, go', short, `dial: shop:${short}@tcp(db:3306)/shop`),
  message(
    'knex, values',
    short,
    `insert into \`users\` (\`email\`, \`password\`) values ('a@b.example', '${short}') - ER_NO_SUCH_TABLE`,
  ),
  message(
    'drizzle',
    short,
    `Failed query: insert into "users" ("email", "password") values ($1, $2)\nparams: a@b.example,${short}`,
  ),
  message('redis, url', short, `connect ETIMEDOUT redis://:${short}@cache:6379/0`),
  message('redis, tls', short, `connect ETIMEDOUT rediss://default:${short}@cache.example:6380`),
  message('amqp', short, `Handshake terminated by server: amqp://shop:${short}@mq:5672/%2F`),
  message('amqp, two', short, `no broker of amqp://a:b@mq1,amqp://shop:${short}@mq2 answers`),
  message('smtp', short, `Invalid login: smtps://shop%40example.com:${short}@mail.example:465`),
  message('nodemailer', short, `invalid login for { user: 'shop', pass: '${short}' }`),
  message(
    'nodemailer, options',
    short,
    `Missing credentials for "PLAIN" {"host":"mail.example","auth":{"user":"shop","pass":"${short}"}}`,
  ),
  message(
    'axios, config',
    short,
    `{"message":"Request failed with status code 401","config":{"headers":{"Accept":"application/json","Authorization":"Bearer ${short}"},"method":"post"}}`,
  ),
  message('axios, auth', short, `{"config":{"auth":{"username":"shop","password":"${short}"},"url":"/login"}}`),
  message(
    'axios, data',
    short,
    `{"config":{"data":"{\\"user\\":\\"jane\\",\\"password\\":\\"${short}\\"}","method":"post"}}`,
  ),
  message(
    'axios, inspected',
    short,
    `AxiosError { config: { headers: Object [AxiosHeaders] { 'X-Api-Key': '${short}', 'User-Agent': 'axios/1.7.0' } } }`,
  ),
  message(
    'axios, raw header',
    encoded(`jane:${short}`),
    `_header: 'GET / HTTP/1.1\\r\\nHost: api\\r\\nAuthorization: Basic ${encoded(`jane:${short}`)}\\r\\nConnection: close\\r\\n\\r\\n'`,
  ),
  message('undici, list', short, `InvalidArgumentError: invalid headers [ 'accept', '*/*', 'x-api-key', '${short}' ]`),
  message('undici, raw', short, `Headers { rawHeaders: [ 'Authorization', 'Bearer ${short}', 'Host', 'api' ] }`),
  message('undici, url', short, `fetch failed for https://jane:${short}@api.example/v1/me`),
  message(
    'fetch, credentials',
    short,
    `Request cannot be constructed from a URL that includes credentials: https://jane:${short}@api.example/`,
  ),
  message('got', short, `HTTPError: Response code 401 (GET https://api.example/me?access_token=${short}&page=2)`),
  message('URL', short, `Invalid URL: { input: 'postgres://shop:${short}@db:port/shop' }`),
  message(
    'ioredis',
    short,
    `ReplyError: WRONGPASS { command: { name: 'auth', args: [ 'default' ], password: '${short}' } }`,
  ),
  message('child_process, option', short, `Command failed: pg_dump --password ${short} shop`),
  message('child_process, equals', short, `Command failed: pg_dump --password=${short} shop`),
  message('child_process, quoted', short, `Command failed: tool --api-key '${short}' run`),
  message('child_process, double quotes', short, `Command failed: tool --token "${short}" run`),
  message('child_process, -p', short, `Command failed: tool -p ${short} run`),
  message('child_process, mysql -p', short, `Command failed: mysqldump -u root -p${short} shop`),
  message('child_process, mysql -p number', digitsOnly, `Command failed: mysql -u root -p ${digitsOnly} shop`),
  message('child_process, redis', short, `Command failed: redis-cli -h cache -a ${short} PING`),
  message('child_process, sshpass', short, `Command failed: sshpass -p ${short} ssh root@db uptime`),
  message('child_process, ldap', short, `Command failed: ldapsearch -D cn=admin -w ${short} -b dc=example`),
  message('child_process, curl', short, `Command failed: curl -u jane:${short} https://api.example`),
  message('child_process, curl long', short, `Command failed: curl --user jane:${short} https://api.example`),
  message('child_process, curl header', short, `Command failed: curl -H 'X-Api-Key: ${short}' https://api.example`),
  message(
    'child_process, curl bearer',
    base64url(24, 50),
    `Command failed: curl -H "Authorization: Bearer ${base64url(24, 50)}" https://api.example`,
  ),
  message('child_process, environment', short, `spawn ENOENT: env PGPASSWORD=${short} pg_dump shop`),
  message('child_process, docker', short, `Command failed: docker run -e DB_PASS=${short} -p 8080:80 shop`),
  message('child_process, openssl', short, `Command failed: openssl rsa -passin pass:${short} -in key.pem`),
  message('child_process, zip', short, `Command failed: zip -P ${short} -r out.zip dir`),
  message(
    'child_process, git',
    short,
    `Command failed: git clone https://x-access-token:${short}@github.com/org/repo.git`,
  ),
  message(
    'child_process, spawnargs',
    short,
    `spawn pg_dump ENOENT { spawnargs: [ '--password', '${short}', 'shop' ] }`,
  ),
  message(
    'joi',
    short,
    `ValidationError: "password" with value "${short}" fails to match the required pattern: /^\\d+$/`,
  ),
  message('yup', short, `password must be a \`number\` type, but the final value was: \`"${short}"\`.`),
  message(
    'express-validator',
    short,
    `{"errors":[{"type":"field","value":"${short}","msg":"Invalid value","path":"password","location":"body"}]}`,
  ),
  message('kubernetes', short, `invalid env: [{"name":"DB_PASSWORD","value":"${short}"}]`),
  message(
    'form data',
    short,
    `bad part: Content-Disposition: form-data; name="password"\r\n\r\n${short}\r\n--boundary`,
  ),
  message('JSON cut', short, `Unterminated string in JSON at position 40: {"password":"${short}`),
  message('JSON with a quote', short, `bad answer {"password":"a\\"${short}"}`),
  message('JSON with backslashes', short, `bad answer {"password":"a\\\\","secret":"${short}"}`),
  message('SQL with a quote', short, `bad statement SET PASSWORD = 'a''${short}'`),
  message('dotenv', short, `cannot parse .env:\nPORT=3000\nAPI_SECRET=${short}\n`),
  message('yaml', short, `bad indentation of a mapping entry:\n  db:\n    user: shop\n    password: ${short}\n`),
  message('buffer', 'ba d5 ec', `{ secret: <Buffer 0a ba d5 ec re> }`),
  message('prose', short, `login of jane with password ${short} failed`),
  message('prose, quoted', plain, `login of jane with password "${plain}" failed`),
  message('prose, session', hex(32, 60), `session ${hex(32, 60)} is gone`),
  message('prose, token', base64url(32, 61), `token ${base64url(32, 61)} has expired`),
  message('random word', base64url(32, 62), `cannot decode ${base64url(32, 62)}`),
  message(
    'random word, base64',
    `${base62(20, 63)}+${base62(20, 64)}/${base62(21, 65)}=`,
    `cannot decode ${base62(20, 63)}+${base62(20, 64)}/${base62(21, 65)}=`,
  ),
  message('one-time password', digitsOnly, `wrong code: otp=${digitsOnly}`),
]

const headers = [
  message('bearer', base64url(30, 70), `Authorization: Bearer ${base64url(30, 70)}`),
  message('bearer, short', short, `authorization: bearer ${short}`),
  message('bearer, alone', short, `sent Bearer ${short} to api`),
  message('basic', encoded(`jane:${short}`), `Authorization: Basic ${encoded(`jane:${short}`)}`),
  message('basic, alone', encoded(`jane:${short}`), `refused Basic ${encoded(`jane:${short}`)}`),
  message('token scheme', short, `Authorization: Token ${short}`),
  message('own scheme', short, `Authorization: Shop ${short}`),
  message('no scheme', short, `Authorization: ${short}`),
  message('proxy', encoded(`jane:${short}`), `Proxy-Authorization: Basic ${encoded(`jane:${short}`)}`),
  message(
    'AWS signature',
    hex(64, 71),
    `Authorization: AWS4-HMAC-SHA256 Credential=${keys.AWS}/20261129/eu/s3/aws4_request, SignedHeaders=host, Signature=${hex(64, 71)}`,
  ),
  message(
    'digest',
    hex(32, 72),
    `Authorization: Digest username="jane", realm="x", nonce="n", response="${hex(32, 72)}"`,
  ),
  message('JSON', short, `{"headers":{"authorization":"Bearer ${short}"}}`),
  message('inspected', short, `headers: { Authorization: 'Basic ${short}', host: 'api' }`),
  message('in a list', short, `refused: [ 'x-api-key', '${short}' ]`),
  message('pair', plain, `refused: [ 'password', '${plain}' ]`),
  message('cookie', short, `Cookie: sid=${short}`),
  message('second cookie', short, `cookie: theme=dark; sid=${short}`),
  message('third cookie', short, `cookie: theme=dark; lang=en; connect.sid=s%3A${short}`),
  message('set-cookie', short, `Set-Cookie: sid=${short}; Path=/; HttpOnly`),
  message('set-cookie, list', short, `'set-cookie': [ 'theme=dark', 'sid=${short}; Path=/' ]`),
  message('cookie, JSON', short, `{"cookie":"theme=dark; other=${short}"}`),
  message('cookies, object', short, `cookies: { theme: 'dark', sid: '${short}' }`),
  message('PHPSESSID', short, `lost PHPSESSID=${short}`),
  message('jsessionid', hex(32, 73).toUpperCase(), `https://shop.example/cart;jsessionid=${hex(32, 73).toUpperCase()}`),
  message('signed URL', hex(64, 74), `https://bucket.example/a.png?X-Amz-Signature=${hex(64, 74)}&X-Amz-Date=20261129`),
  message('shared access signature', short, `sv=2024-01-01&sr=b&sig=${short}%3D`),
]

const blocks = [
  'PRIVATE KEY',
  'RSA PRIVATE KEY',
  'EC PRIVATE KEY',
  'OPENSSH PRIVATE KEY',
  'ENCRYPTED PRIVATE KEY',
  'PGP PRIVATE KEY BLOCK',
].flatMap(label => [
  message(`PEM ${label}`, base62(64, 41), `bad key ${pem(label)} in config`),
  message(`PEM ${label}, JSON`, base62(64, 41), `{"key":"${pem(label).replaceAll('\n', '\\n')}"}`),
])
blocks.push(message('PEM, cut', base62(64, 40), `bad key ${pem('PRIVATE KEY').slice(0, 120)}`))

const commandLines = [
  args('--pass=', short, [`--pass=${short}`]),
  args('--smtp-pass x', short, ['--smtp-pass', short]),
  args('--password x', short, ['node', 'app.js', '--password', short, 'serve']),
  args('-p x', short, ['tool', '-p', short]),
  args('-px', short, ['mysql', `-p${short}`]),
  args('variable', short, [`DB_PASS=${short}`]),
  args('variable with blanks', short, [`DB_PASSWORD=a b ${short}`]),
  args('--jwt=', short, [`--jwt=${short}`]),
  args('JSON', short, ['--config', `{"db":{"pass":"${short}"}}`]),
  args('JSON, escaped', short, ['--config', `{"db":"{\\"pass\\":\\"${short}\\"}"}`]),
  args('URL', short, ['--db', `postgres://shop:${short}@db/shop`]),
  args('URL=', short, [`--db=postgres://shop:${short}@db/shop`]),
  args('query', short, [`https://api.example/x?api_key=${short}&page=2`]),
  args('header', short, ['-H', `X-Api-Key: ${short}`]),
  args('header, bearer', short, ['-H', `Authorization: Bearer ${short}`]),
  args('code', short, ['-e', `connect({ password: '${short}' })`]),
  args('-u', short, ['curl', '-u', `jane:${short}`]),
  args('--user', short, ['curl', '--user', `jane:${short}`]),
  args('--user=', short, ['curl', `--user=jane:${short}`]),
  args('key', keys['Stripe, live'], ['tool', keys['Stripe, live']]),
  args('random', base64url(32, 80), ['tool', base64url(32, 80)]),
  args('token, camel case', short, [`--authToken=${short}`]),
  args('--client_secret', short, ['--client_secret', short]),
  args('one dash', short, ['-password', short]),
  args('docker -e', short, ['docker', 'run', '-e', `API_TOKEN=${short}`, 'shop']),
  args('--from-literal', short, ['kubectl', `--from-literal=password=${short}`]),
]

const paths = [
  ...[24, 27, 32, 43, 64].flatMap(length => [
    path(`base64url ${length}`, base64url(length, length), `/reset/${base64url(length, length)}/form`),
    path(`base62 ${length}`, base62(length, 100 + length), `/invite/${base62(length, 100 + length)}`),
    path(`letters ${length}`, of(lower, length, 200 + length), `/t/${of(lower, length, 200 + length)}`),
    path(
      `capitals ${length}`,
      of(`${upper}234567`, length, 300 + length),
      `/t/${of(`${upper}234567`, length, 300 + length)}`,
    ),
  ]),
  path('hex 32', hex(32, 90), `/reset/${hex(32, 90)}`),
  path('hex 40', hex(40, 91), `/reset/${hex(40, 91)}`),
  path('hex 64', hex(64, 92), `/reset/${hex(64, 92)}`),
  path('bot', base64url(33, 93), `/bot1234567890:AA${base64url(33, 93)}/sendMessage`),
  path('signed', base64url(43, 94), `/x/${base64url(12, 95)}:1tXq2z:${base64url(43, 94)}/y`),
  path('jsessionid', hex(32, 96).toUpperCase(), `/cart;jsessionid=${hex(32, 96).toUpperCase()}`),
  path('jsessionid, short', short, `/cart;jsessionid=${short}/items`),
  path('matrix', short, `/cart;token=${short};theme=dark`),
  path('Slack', base62(24, 97), `/services/T0${of(upper, 8, 98)}/B0${of(upper, 8, 99)}/${base62(24, 97)}`),
  path('Discord', base64url(68, 110), `/api/webhooks/${digitsOnly}${digitsOnly}/${base64url(68, 110)}`),
  path('JSON Web Token', keys['JSON Web Token'], `/in/${keys['JSON Web Token']}`),
  path('encoded', base62(26, 111), `/x/s%3A${base62(26, 111)}.${base62(43, 112)}`),
  path('GitHub', keys.GitHub, `/hooks/${keys.GitHub}`),
  path('query', short, `/x?token=${short}`),
  message('path of a request', base64url(32, 113), `Route GET:/reset/${base64url(32, 113)} not found`),
  message('path of a request, hex', hex(40, 114), `GET /reset/${hex(40, 114)} took 3000 ms`),
  message('hook', base62(24, 115), `POST https://hooks.example/services/T00000000/B00000000/${base62(24, 115)} failed`),
]

export const positives = [
  ...assigned,
  ...libraries,
  ...headers,
  ...Object.entries(keys).flatMap(([name, key], at) => [
    message(name, key, sentences[at % sentences.length](key)),
    message(`${name}, at the end`, key, `rejected ${key}`),
  ]),
  ...blocks,
  ...commandLines,
  ...paths,
]
