import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Encrypts into a Fernet token (https://github.com/fernet/spec/blob/master/Spec.md), with `=` padding as the spec has it.
 * `key` is 32 bytes: 16 to sign, then 16 to encrypt. `now` and `iv` (16 bytes) are for rotation and for test vectors.
 */
export function encryptFernet(
  key: Buffer,
  plaintext: Buffer | string,
  { now = Temporal.Now.instant(), iv = randomBytes(IV_BYTES) }: { now?: Temporal.Instant; iv?: Buffer } = {},
): string {
  const { signing, encryption } = halves(key)
  if (iv.length !== IV_BYTES) throw new TypeError('A Fernet IV is 16 bytes.')
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt8(VERSION)
  head.writeBigUInt64BE(BigInt(seconds(now)), 1)
  const cipher = createCipheriv('aes-128-cbc', encryption, iv)
  const signed = Buffer.concat([head, iv, cipher.update(plaintext), cipher.final()])
  return encodeBase64Url(Buffer.concat([signed, mac(signing, signed)]))
}

/** The plaintext of a token; throws `FernetError` when it is anything but a genuine token within its time. */
export function decryptFernet(key: Buffer, token: string, limits: FernetLimits = {}): Buffer {
  return readFernet(key, token, limits).plaintext
}

/** As `decryptFernet`, with the instant (whole seconds) at which the token was made, which rotation keeps. */
export function readFernet(
  key: Buffer,
  token: string,
  { ttlSeconds, now = Temporal.Now.instant() }: FernetLimits = {},
): { plaintext: Buffer; madeAt: Temporal.Instant } {
  const { signing, encryption } = halves(key)
  const bytes = decodeBase64Url(token)
  const cipherBytes = bytes.length - HEAD_BYTES - IV_BYTES - MAC_BYTES
  if (bytes[0] !== VERSION || cipherBytes < BLOCK_BYTES || cipherBytes % BLOCK_BYTES !== 0) throw new FernetError()

  const signed = bytes.subarray(0, -MAC_BYTES)
  if (!timingSafeEqual(bytes.subarray(-MAC_BYTES), mac(signing, signed))) throw new FernetError()

  const made = bytes.readBigUInt64BE(1)
  if (made > LAST_SECOND || !isWithinTime(Number(made), seconds(now), ttlSeconds)) throw new FernetError()
  return {
    plaintext: decryptBlocks(encryption, signed),
    madeAt: Temporal.Instant.fromEpochMilliseconds(Number(made) * 1000),
  }
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

const VERSION = 0x80
const HEAD_BYTES = 1 + 8
const IV_BYTES = 16
const BLOCK_BYTES = 16
const MAC_BYTES = 32
const CLOCK_SKEW_SECONDS = 60
/** The last second that `Temporal.Instant` can hold; the format has room for later ones. */
const LAST_SECOND = 8_640_000_000_000n

function halves(key: Buffer): { signing: Buffer; encryption: Buffer } {
  if (key.length !== 32) throw new TypeError('A Fernet key is 32 bytes.')
  return { signing: key.subarray(0, 16), encryption: key.subarray(16) }
}

function mac(signing: Buffer, signed: Buffer): Buffer {
  return createHmac('sha256', signing).update(signed).digest()
}

function decryptBlocks(encryption: Buffer, signed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-128-cbc', encryption, signed.subarray(HEAD_BYTES, HEAD_BYTES + IV_BYTES))
  try {
    return Buffer.concat([decipher.update(signed.subarray(HEAD_BYTES + IV_BYTES)), decipher.final()])
  } catch {
    throw new FernetError()
  }
}

function isWithinTime(made: number, now: number, ttlSeconds: number | undefined): boolean {
  return ttlSeconds === undefined || (made + ttlSeconds >= now && made <= now + CLOCK_SKEW_SECONDS)
}

function seconds(instant: Temporal.Instant): number {
  return Math.floor(instant.epochMilliseconds / 1000)
}

function encodeBase64Url(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_')
}

/** `Buffer.from` drops bad characters silently, hence the comparison with what the bytes encode to. */
function decodeBase64Url(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  if (encodeBase64Url(bytes) !== text) throw new FernetError()
  return bytes
}
