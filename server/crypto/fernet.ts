import { createCipheriv, createDecipheriv, createHmac, randomFillSync, timingSafeEqual } from 'node:crypto'

/**
 * Encrypts into a Fernet token (https://github.com/fernet/spec/blob/master/Spec.md), with `=` padding as the spec has it.
 * `key` is 32 bytes: 16 to sign, then 16 to encrypt. `now` and `iv` (16 bytes) are for rotation and for test vectors.
 */
export function encryptFernet(
  key: Buffer,
  plaintext: Buffer | string,
  { now, iv = freshIv() }: { now?: Temporal.Instant; iv?: Buffer } = {},
): string {
  const { signing, encryption } = halves(key)
  if (iv.length !== IV_BYTES) throw new TypeError('A Fernet IV is 16 bytes.')
  const cipher = createCipheriv('aes-128-cbc', encryption, iv)
  const parts = [cipher.update(plaintext), cipher.final()] as const
  const signedBytes = HEAD_BYTES + IV_BYTES + parts[0].length + parts[1].length
  const token = roomFor(signedBytes + MAC_BYTES)
  token.writeUInt8(VERSION)
  token.writeBigUInt64BE(BigInt(seconds(now)), 1)
  iv.copy(token, HEAD_BYTES)
  parts[0].copy(token, HEAD_BYTES + IV_BYTES)
  parts[1].copy(token, HEAD_BYTES + IV_BYTES + parts[0].length)
  mac(signing, token.subarray(0, signedBytes)).copy(token, signedBytes)
  return token.toBase64({ alphabet: 'base64url' })
}

/** The plaintext of a token; throws `FernetError` when it is anything but a genuine token within its time. */
export function decryptFernet(key: Buffer, token: string, limits?: FernetLimits): Buffer {
  return verified(key, token, limits).plaintext
}

/** As `decryptFernet`, with the instant (whole seconds) at which the token was made, which rotation keeps. */
export function readFernet(
  key: Buffer,
  token: string,
  limits?: FernetLimits,
): { plaintext: Buffer; madeAt: Temporal.Instant } {
  const { plaintext, made } = verified(key, token, limits)
  return { plaintext, madeAt: Temporal.Instant.fromEpochMilliseconds(made * 1000) }
}

/** With `ttlSeconds`, a token past that age or more than 60 s from the future is refused; without, age is not looked at. */
export type FernetLimits = { ttlSeconds?: number; now?: Temporal.Instant }

/** One message for every reason, so that an error never tells which check failed, nor anything of the content. */
export class FernetError extends Error {
  override name = 'FernetError'
  constructor() {
    super('The token is not a valid Fernet token for this key and time.')
  }
}

function verified(key: Buffer, token: string, limits: FernetLimits | undefined): { plaintext: Buffer; made: number } {
  const { signing, encryption } = halves(key)
  const bytes = decodeBase64Url(token)
  const cipherBytes = bytes.length - HEAD_BYTES - IV_BYTES - MAC_BYTES
  if (bytes[0] !== VERSION || cipherBytes < BLOCK_BYTES || cipherBytes % BLOCK_BYTES !== 0) throw new FernetError()

  const signed = bytes.subarray(0, -MAC_BYTES)
  if (!timingSafeEqual(bytes.subarray(-MAC_BYTES), mac(signing, signed))) throw new FernetError()

  const made = Number(bytes.readBigUInt64BE(1))
  if (made > LAST_SECOND || !isWithinTime(made, limits)) throw new FernetError()
  return { plaintext: decryptBlocks(encryption, signed), made }
}

const VERSION = 0x80
const HEAD_BYTES = 1 + 8
const IV_BYTES = 16
const BLOCK_BYTES = 16
const MAC_BYTES = 32
const CLOCK_SKEW_SECONDS = 60
/** The last second that `Temporal.Instant` can hold; the format has room for later ones. */
const LAST_SECOND = 8_640_000_000_000

function halves(key: Buffer): { signing: Buffer; encryption: Buffer } {
  if (key.length !== 32) throw new TypeError('A Fernet key is 32 bytes.')
  return { signing: key.subarray(0, 16), encryption: key.subarray(16) }
}

/** Drawn 256 at a time, as `randomUUID` does, because asking for each costs as much as encrypting 200 bytes. Each is used once. */
function freshIv(): Buffer {
  if (nextIv === ivs.length) {
    randomFillSync(ivs)
    nextIv = 0
  }
  nextIv += IV_BYTES
  return ivs.subarray(nextIv - IV_BYTES, nextIv)
}

const ivs = Buffer.allocUnsafeSlow(256 * IV_BYTES)
let nextIv = ivs.length

function mac(signing: Buffer, signed: Buffer): Buffer {
  return createHmac('sha256', signing).update(signed).digest()
}

/** The padding (PKCS #7) is taken off here, which spares a copy; the MAC has been verified, so it is not for guessing at. */
function decryptBlocks(encryption: Buffer, signed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-128-cbc', encryption, signed.subarray(HEAD_BYTES, HEAD_BYTES + IV_BYTES))
  const padded = decipher.setAutoPadding(false).update(signed.subarray(HEAD_BYTES + IV_BYTES))
  decipher.final()
  const padding = padded[padded.length - 1] ?? 0
  if (padding < 1 || padding > BLOCK_BYTES) throw new FernetError()
  for (let i = padded.length - padding; i < padded.length; i++) if (padded[i] !== padding) throw new FernetError()
  return padded.subarray(0, -padding)
}

function isWithinTime(made: number, { ttlSeconds, now }: FernetLimits = {}): boolean {
  if (ttlSeconds === undefined) return true
  const current = seconds(now)
  return made + ttlSeconds >= current && made <= current + CLOCK_SKEW_SECONDS
}

function seconds(instant: Temporal.Instant | undefined): number {
  return Math.floor((instant?.epochMilliseconds ?? Date.now()) / 1000)
}

/**
 * One place for tokens on their way in or out, since nothing here waits: for kilobytes, new buffers and the garbage that
 * they leave cost half as much as the encryption itself (bench/fernet.ts). It never holds a key or a plaintext.
 */
function roomFor(bytes: number): Buffer {
  return bytes <= room.length ? room.subarray(0, bytes) : Buffer.allocUnsafe(bytes)
}

const room = Buffer.allocUnsafeSlow(65_536)

/** What Node leaves off base64url and Fernet does not. */
function paddingOf(bytes: number): string {
  return ['', '==', '='][bytes % 3]!
}

/**
 * Exactly the one spelling of the bytes. Node's decoder skips what it does not know, takes `+` and `/` too, and ignores
 * spare bits; but then bytes are missing, or the text shows it. (Encoding again and comparing costs as much as decrypting.)
 */
function decodeBase64Url(text: string): Buffer {
  const space = roomFor(text.length)
  const bytes = space.subarray(0, space.write(text, 'base64url'))
  const padding = paddingOf(bytes.length)
  const isComplete = text.length === Math.ceil(bytes.length / 3) * 4 && text.endsWith(padding)
  const isOurAlphabet = Buffer.byteLength(text) === text.length && !text.includes('+') && !text.includes('/')
  const last = bytes.length % 3
  const hasSpareBits = last > 0 && !text.endsWith(bytes.toString('base64url', bytes.length - last) + padding)
  if (!isComplete || !isOurAlphabet || hasSpareBits) throw new FernetError()
  return bytes
}
