import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

/**
 * PostgreSQL's stored form of a password, `SCRAM-SHA-256$4096:salt$StoredKey:ServerKey`, which `create role … password`
 * takes as it is: the password itself stays out of statements and of the server's logs.
 * Sources: https://www.rfc-editor.org/rfc/rfc5802#section-3, https://www.postgresql.org/docs/current/catalog-pg-authid.html
 */
export function scramVerifier(
  password: string,
  { iterations = 4096, salt = randomBytes(16) }: { iterations?: number; salt?: Buffer } = {},
): string {
  // SASLprep leaves printable ASCII as it is, and derived passwords have nothing else.
  if (!/^[\x20-\x7e]+$/.test(password)) throw new TypeError('A role password consists of printable ASCII characters.')
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest()
  const serverKey = hmac(salted, 'Server Key')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey.toString('base64')}:${serverKey.toString('base64')}`
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
