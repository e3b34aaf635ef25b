import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

type Header = { alg: string; kid?: string }
type Claims = Record<string, unknown>
export type Lie = {
  header?: Header
  claims?: Claims
  /** Signed with a key that its key set does not have. */
  forged?: boolean
  /** The whole answer of the token endpoint. */
  answer?: { status: number; body: string; type?: string }
  metadata?: Record<string, unknown>
  keys?: unknown
}

const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })
const forgers = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** A provider that says of anybody whatever it is told to. */
export async function startLyingProvider(clientId: string) {
  let lie: Lie = {}
  let nonce = ''
  const bodies: string[] = []
  const server = http.createServer(async (request, response) => {
    const send = (body: string, status = 200, type = 'application/json') =>
      response.writeHead(status, { 'Content-Type': type, Location: 'http://127.0.0.1:9/' }).end(body)
    if (request.url === '/.well-known/openid-configuration') return send(JSON.stringify(metadata()))
    if (request.url === '/keys') return send(JSON.stringify('keys' in lie ? lie.keys : { keys: [publicKey()] }))
    for await (const chunk of request) bodies.push(String(chunk))
    if (lie.answer) return send(lie.answer.body, lie.answer.status, lie.answer.type)
    return send(JSON.stringify({ access_token: 'x', token_type: 'bearer', id_token: token() }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const metadata = () => ({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    ...lie.metadata,
  })

  function token(): string {
    const { header = { alg: 'RS256', kid: 'one' }, claims = {}, forged = false } = lie
    const now = Math.floor(Date.now() / 1000)
    const person = { sub: 'sub-of-a-lie', email: 'mia@acme.example', email_verified: true }
    const body = { iss: issuer, aud: clientId, iat: now, exp: now + 60, nonce, ...person, ...claims }
    const signed = [header, body].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    return `${signed}.${signatureOf(header, signed, forged)}`
  }

  return {
    issuer,
    bodies,
    /** What it says next, to the person who was sent to this address. */
    say(next: Lie, url?: string) {
      lie = next
      if (url) nonce = new URL(url).searchParams.get('nonce') ?? ''
    },
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  }
}

function publicKey() {
  return { ...ours.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' }
}

function signatureOf({ alg }: Header, text: string, forged: boolean): string {
  if (alg === 'none') return ''
  // The public key as the secret: whoever checks it with the wrong algorithm is taken in.
  const key = ours.publicKey.export({ format: 'pem', type: 'spki' })
  if (alg === 'HS256') return createHmac('sha256', key).update(text).digest('base64url')
  return sign('sha256', Buffer.from(text), (forged ? forgers : ours).privateKey).toString('base64url')
}
