import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { cpus } from 'node:os'
import { decryptFernet, encryptFernet } from '#server/crypto/fernet.ts'

/**
 * `node bench/fernet.ts`: our Fernet against what it is made of, AES-128-CBC and HMAC-SHA256 of node:crypto without
 * version, time, base64url and their checks. The limit is 1.5 times. Both take turns in short rounds, so that whatever else
 * the machine does meets both, and the median counts.
 */
const limit = 1.5
const rounds = 300
const callsInRound = 200
const key = randomBytes(32)
const signing = key.subarray(0, 16)
const encryption = key.subarray(16)

function bareEncrypt(plaintext: Buffer): Buffer[] {
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-128-cbc', encryption, iv)
  const parts = [iv, cipher.update(plaintext), cipher.final()] as const
  return [...parts, createHmac('sha256', signing).update(parts[0]).update(parts[1]).update(parts[2]).digest()]
}

function bareDecrypt(signed: Buffer, mac: Buffer): Buffer[] {
  if (!timingSafeEqual(mac, createHmac('sha256', signing).update(signed).digest())) throw new Error()
  const decipher = createDecipheriv('aes-128-cbc', encryption, signed.subarray(0, 16))
  return [decipher.update(signed.subarray(16)), decipher.final()]
}

function microseconds(work: () => unknown): number {
  const begun = process.hrtime.bigint()
  for (let i = 0; i < callsInRound; i++) work()
  return Number(process.hrtime.bigint() - begun) / 1_000 / callsInRound
}

function compare(name: string, ours: () => unknown, bare: () => unknown): boolean {
  const pairs = Array.from({ length: rounds }, () => ({ bare: microseconds(bare), ours: microseconds(ours) }))
  const ratio = median(pairs.map(pair => pair.ours / pair.bare))
  const figures = [median(pairs.map(pair => pair.bare)), median(pairs.map(pair => pair.ours))]
  const shown = figures.map(figure => `${figure.toFixed(2)} µs`.padStart(10))
  console.log(name.padEnd(22), ...shown, `${ratio.toFixed(2)}×`.padStart(8), ratio <= limit ? 'ok' : 'TOO SLOW')
  return ratio <= limit
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!
}

console.log(`${cpus()[0]?.model}\n${''.padEnd(22)}       bare       ours   ratio`)
const results = [200, 4_096].flatMap(bytes => {
  const plaintext = randomBytes(bytes)
  const token = encryptFernet(key, plaintext)
  const bare = bareEncrypt(plaintext)
  const mac = bare.pop()!
  const signed = Buffer.concat(bare)
  return [
    compare(
      `encrypt ${bytes} bytes`,
      () => encryptFernet(key, plaintext),
      () => bareEncrypt(plaintext),
    ),
    compare(
      `decrypt ${bytes} bytes`,
      () => decryptFernet(key, token),
      () => bareDecrypt(signed, mac),
    ),
  ]
})
if (!results.every(Boolean)) process.exitCode = 1
