import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Decrypter, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import { ageIdentity, encryptAge, readAge } from '#server/crypto/age.ts'

const megabytes = Number(process.argv[2] ?? 256)
const folder = mkdtempSync(join(tmpdir(), 'kontor-bench-age-'))
const [plain, sealed] = [join(folder, 'plain'), join(folder, 'sealed')]

/** MB/s of attachments' encryption, beside reading the same file as it is, and beside the author's own library. */
try {
  writeFileSync(plain, Buffer.concat(Array.from({ length: megabytes }, () => randomBytes(1024 * 1024))))
  const identity = ageIdentity(randomBytes(32))
  const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })
  const theirs = await generateIdentity()
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(theirs))
  const decrypter = new Decrypter()
  decrypter.addIdentity(theirs)
  const few = new Uint8Array(16 * 1024 * 1024)
  const theirFile = await encrypter.encrypt(few)
  for (let round = 0; round < 2; round++) {
    await timed('read as it is', megabytes, () => pipeline(createReadStream(plain), nowhere()))
    await timed('encrypt into a file', megabytes, () =>
      pipeline(createReadStream(plain), encryptAge(identity), createWriteStream(sealed)),
    )
    await timed('decrypt', megabytes, () => pipeline(readAge(sealed, identity), nowhere()))
    await timed('encrypt with age-encryption', 16, () => encrypter.encrypt(few))
    await timed('decrypt with age-encryption', 16, () => decrypter.decrypt(theirFile))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function timed(what: string, size: number, work: () => Promise<unknown>): Promise<void> {
  const [began, cpu] = [performance.now(), process.cpuUsage()]
  await work()
  const seconds = (performance.now() - began) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  const perCore = size / ((user + system) / 1_000_000)
  console.log(
    `${what.padEnd(28)} ${(size / seconds).toFixed(0).padStart(6)} MB/s  ${perCore.toFixed(0).padStart(6)} MB/s of CPU`,
  )
}
