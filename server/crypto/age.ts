import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'

/**
 * Files encrypted in the age format, version 1, to one X25519 recipient: https://github.com/C2SP/C2SP/blob/main/age.md.
 * Chunks of 64 KiB under ChaCha20-Poly1305, so that a file streams, can be read from anywhere in its middle, and cannot
 * be changed, reordered or cut short unnoticed; and `age -d` opens it without Kontor.
 */
export type AgeIdentity = { secret: KeyObject; recipient: Buffer }

/** The identity whose X25519 secret is these 32 bytes. */
export function ageIdentity(secret: Buffer): AgeIdentity {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_X25519, secret]), format: 'der', type: 'pkcs8' })
  return { secret: key, recipient: rawPublicKey(createPublicKey(key)) }
}

/** Encrypts what flows through it. */
export function encryptAge({ recipient }: AgeIdentity): Transform {
  const fileKey = randomBytes(16)
  const nonce = randomBytes(16)
  const key = expand(fileKey, nonce, 'payload', 32)
  let counter = 0
  let rest = Buffer.alloc(0)
  const seal = (chunk: Buffer, isLast: boolean): Buffer => {
    const cipher = createCipheriv('chacha20-poly1305', key, chunkNonce(counter++, isLast), { authTagLength: TAG })
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()])
  }
  const stream = new Transform({
    transform(data: Buffer, _encoding, done) {
      const bytes = rest.length === 0 ? data : Buffer.concat([rest, data])
      let from = 0
      // The last chunk is marked as such, so a full one waits until it is known whether another one follows.
      for (; bytes.length - from > CHUNK; from += CHUNK) this.push(seal(bytes.subarray(from, from + CHUNK), false))
      rest = Buffer.from(bytes.subarray(from))
      done()
    },
    flush(done) {
      this.push(seal(rest, true))
      done()
    },
  })
  stream.push(Buffer.concat([writeHeader(fileKey, recipient), nonce]))
  return stream
}

/** Whether a file begins as one in this format does. */
export function isAge(beginning: Buffer): boolean {
  return beginning.subarray(0, INTRO.length).equals(INTRO)
}

/** The file was changed, cut short, or encrypted to another identity. */
export class AgeError extends Error {
  override name = 'AgeError'
}

/**
 * Decrypts a file, or the bytes from `start` to `end` (both included, as in an HTTP range).
 * The stream fails with `AgeError` before it gives a byte that is not as it was written.
 */
export function readAge(path: string, identity: AgeIdentity, range?: { start: number; end: number }): Readable {
  return Readable.from(decrypted(path, identity, range), { objectMode: false, highWaterMark: CHUNK })
}

async function* decrypted(
  path: string,
  identity: AgeIdentity,
  range: { start: number; end: number } | undefined,
): AsyncGenerator<Buffer> {
  const file = await open(path, 'r')
  try {
    const { key, begin, size, chunks } = await openPayload(file, identity)
    const start = range?.start ?? 0
    const end = Math.min(range?.end ?? size - 1, size - 1)
    if (end < start) return
    const last = Math.floor(end / CHUNK)
    for (let first = Math.floor(start / CHUNK); first <= last; first += BATCH) {
      const count = Math.min(BATCH, last - first + 1)
      const bytes = await readAt(file, begin + first * SEALED, count * SEALED)
      for (let n = 0; n < count; n++) {
        const index = first + n
        const plain = openChunk(key, bytes.subarray(n * SEALED, (n + 1) * SEALED), index, index === chunks - 1)
        const from = index * CHUNK
        yield plain.subarray(Math.max(start - from, 0), Math.min(end - from + 1, plain.length))
      }
    }
  } finally {
    await file.close()
  }
}

type Payload = { key: Buffer; begin: number; size: number; chunks: number }

async function openPayload(file: FileHandle, identity: AgeIdentity): Promise<Payload> {
  const head = await readAt(file, 0, MOST_HEADER)
  const { fileKey, length } = readHeader(head, identity)
  const nonce = head.subarray(length, length + 16)
  const begin = length + 16
  const sealed = (await file.stat()).size - begin
  const chunks = Math.max(1, Math.ceil(sealed / SEALED))
  const size = sealed - chunks * TAG
  if (nonce.length < 16 || size < 0 || (size === 0 ? chunks !== 1 : size <= (chunks - 1) * CHUNK))
    throw new AgeError('The file is cut short.')
  const key = expand(fileKey, nonce, 'payload', 32)
  // Only the last chunk is marked as the last: opened first, it shows that nothing is missing after it.
  const end = await readAt(file, begin + (chunks - 1) * SEALED, SEALED)
  openChunk(key, end, chunks - 1, true)
  return { key, begin, size, chunks }
}

function openChunk(key: Buffer, sealed: Buffer, index: number, isLast: boolean): Buffer {
  const decipher = createDecipheriv('chacha20-poly1305', key, chunkNonce(index, isLast), { authTagLength: TAG })
  try {
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG)), decipher.final()])
  } catch {
    throw new AgeError('The file was changed, cut short, or is not encrypted with this key.')
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

function writeHeader(fileKey: Buffer, recipient: Buffer): Buffer {
  const ephemeral = generateKeyPairSync('x25519')
  const share = rawPublicKey(ephemeral.publicKey)
  const wrapped = wrap(wrapKey(ephemeral.privateKey, publicKeyOf(recipient), share, recipient), fileKey)
  const body = `${INTRO}-> X25519 ${base64(share)}\n${base64(wrapped)}\n---`
  return Buffer.from(`${body} ${base64(headerMac(fileKey, body))}\n`)
}

// Only headers as we write them: one X25519 stanza. Ours are the only files that are put here.
function readHeader(head: Buffer, { secret, recipient }: AgeIdentity): { fileKey: Buffer; length: number } {
  const match = HEADER.exec(head.toString('latin1'))
  if (!match) throw new AgeError('The file is not in the age format.')
  const [whole, body, share, wrapped, mac] = match as unknown as [string, string, string, string, string]
  const bytes = Buffer.from(share, 'base64')
  if (base64(bytes) !== share) throw new AgeError('The file is not in the age format.')
  const fileKey = unwrap(wrapKey(secret, publicKeyOf(bytes), bytes, recipient), Buffer.from(wrapped, 'base64'))
  const expected = headerMac(fileKey, body)
  const given = Buffer.from(mac, 'base64')
  if (given.length !== expected.length || base64(given) !== mac || !timingSafeEqual(given, expected))
    throw new AgeError('The header of the file was changed.')
  return { fileKey, length: whole.length }
}

function wrapKey(secret: KeyObject, other: KeyObject, share: Buffer, recipient: Buffer): Buffer {
  const shared = diffieHellman({ privateKey: secret, publicKey: other })
  return expand(shared, Buffer.concat([share, recipient]), 'age-encryption.org/v1/X25519', 32)
}

// A nonce of zeros: each wrapping key is used once.
function wrap(key: Buffer, fileKey: Buffer): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: TAG })
  return Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()])
}

function unwrap(key: Buffer, wrapped: Buffer): Buffer {
  const decipher = createDecipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: TAG })
  try {
    if (wrapped.length !== 16 + TAG) throw new Error('another length')
    decipher.setAuthTag(wrapped.subarray(16))
    return Buffer.concat([decipher.update(wrapped.subarray(0, 16)), decipher.final()])
  } catch {
    throw new AgeError('The file is not encrypted with this key.')
  }
}

function headerMac(fileKey: Buffer, body: string): Buffer {
  return createHmac('sha256', expand(fileKey, Buffer.alloc(0), 'header', 32))
    .update(body, 'latin1')
    .digest()
}

function expand(secret: Buffer, salt: Buffer, info: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length))
}

/** 11 bytes of counter, big-endian, and one that says whether it is the last chunk. */
function chunkNonce(counter: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(counter, 5, 6)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(-32)
}

function publicKeyOf(raw: Buffer): KeyObject {
  if (raw.length !== 32) throw new AgeError('The file is not in the age format.')
  return createPublicKey({ key: Buffer.concat([SPKI_X25519, raw]), format: 'der', type: 'spki' })
}

const CHUNK = 64 * 1024
const TAG = 16
const SEALED = CHUNK + TAG
/** Chunks that are read from the disk at once: 1 MiB. */
const BATCH = 16
const MOST_HEADER = 512
const INTRO = Buffer.from('age-encryption.org/v1\n')
const HEADER =
  /^(age-encryption\.org\/v1\n-> X25519 ([A-Za-z0-9+/]{43})\n([A-Za-z0-9+/]{43})\n---) ([A-Za-z0-9+/]{43})\n/
/** The DER that stands before a raw X25519 key (RFC 8410). */
const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex')
const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex')
