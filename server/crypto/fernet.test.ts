import { spawnSync } from 'node:child_process'
import { randomBytes, webcrypto } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { decryptFernet, encryptFernet, FernetError, readFernet } from './fernet.ts'
import { generated, invalid, secret, verified } from './fernet.vectors.ts'

const key = Buffer.from(secret, 'base64url')
const at = (text: string) => Temporal.Instant.from(text)
const texts = ['', 'a', 'fifteen bytes !', 'sixteen bytes !!', 'Zoë schrijft 日本語 🎉', 'x'.repeat(5000)]

describe('the published vectors', () => {
  test('generate', () => {
    const options = { now: at(generated.now), iv: Buffer.from(generated.iv) }
    expect(encryptFernet(key, generated.src, options)).toBe(generated.token)
  })
  test('verify', () => {
    const limits = { ttlSeconds: verified.ttlSeconds, now: at(verified.now) }
    expect(decryptFernet(key, verified.token, limits).toString()).toBe(verified.src)
  })
  test.each(invalid)('invalid: $desc', ({ token, now }) => {
    expect(() => decryptFernet(key, token, { ttlSeconds: 60, now: at(now) })).toThrow(FernetError)
  })
})

describe('what was changed is refused', () => {
  const token = encryptFernet(key, 'the quick brown fox')
  const bytes = Buffer.from(token, 'base64url')
  const spell = (raw: Buffer) => raw.toString('base64').replaceAll('+', '-').replaceAll('/', '_')

  test('any single bit', () => {
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(() => decryptFernet(key, spell(changed))).toThrow(FernetError)
    }
  })
  test('any truncation, of the bytes and of the text', () => {
    for (let end = 0; end < bytes.length; end++)
      expect(() => decryptFernet(key, spell(bytes.subarray(0, end)))).toThrow(FernetError)
    for (let end = 0; end < token.length; end++)
      expect(() => decryptFernet(key, token.slice(0, end))).toThrow(FernetError)
  })
  test('any other spelling of the same bytes', () => {
    const unpadded = token.replace(/=+$/, '')
    for (const other of [unpadded, `${token}=`, ` ${token}`, `${token}\n`, `${token.slice(0, 8)}\n${token.slice(8)}`])
      expect(() => decryptFernet(key, other)).toThrow(FernetError)
    expect(unpadded).not.toBe(token)
    // The last character before the padding has bits that no byte uses.
    const spare = `${unpadded.slice(0, -1)}${String.fromCharCode(unpadded.charCodeAt(unpadded.length - 1) + 1)}==`
    expect(() => decryptFernet(key, spare)).toThrow(FernetError)
  })
  test('any character in the place of another, or between two, were it one that a decoder takes for the same or skips', () => {
    const codes = [...Array(256).keys(), 0x2010, 0x2212, 0xff0d, 0xff1d, 0xd800]
    for (const text of ['', 'x'.repeat(16), 'x'.repeat(32)]) {
      const genuine = encryptFernet(key, text)
      for (let at = 0; at < genuine.length; at++) {
        // And those whose low byte is that of the right character.
        const aliases = [...codes, genuine.charCodeAt(at) + 0x100, genuine.charCodeAt(at) + 0xff00]
        for (const code of aliases) {
          const other = String.fromCharCode(code)
          if (other === genuine[at]) continue
          expect(opens(genuine.slice(0, at) + other + genuine.slice(at + 1))).toBe(false)
          expect(opens(genuine.slice(0, at) + other + genuine.slice(at))).toBe(false)
        }
      }
      expect(opens(genuine)).toBe(true)
    }
  })
  const opens = (spelt: string): boolean => {
    try {
      decryptFernet(key, spelt)
      return true
    } catch (error) {
      if (error instanceof FernetError) return false
      throw error
    }
  }
  test('another key', () => {
    expect(() => decryptFernet(randomBytes(32), token)).toThrow(FernetError)
  })
})

describe('time', () => {
  const made = at('2026-10-25T00:30:00Z')
  const token = encryptFernet(key, 'x', { now: made })
  const opens = (offset: number, ttlSeconds?: number) => () =>
    decryptFernet(key, token, { now: made.add({ seconds: offset }), ttlSeconds })

  test('a token opens up to the last second of its ttl', () => {
    expect(opens(60, 60)).not.toThrow()
    expect(opens(61, 60)).toThrow(FernetError)
  })
  test('a token from the future opens within 60 s of skew', () => {
    expect(opens(-60, 60)).not.toThrow()
    expect(opens(-61, 60)).toThrow(FernetError)
  })
  test('without a ttl age does not matter', () => {
    expect(opens(1e9)).not.toThrow()
    expect(opens(-1e9)).not.toThrow()
  })
  test('the time of making can be read', () => {
    expect(readFernet(key, token).madeAt.equals(made)).toBe(true)
  })
})

test('encrypting twice never gives the same token', () => {
  expect(encryptFernet(key, 'x')).not.toBe(encryptFernet(key, 'x'))
})
test('a key of another length is refused', () => {
  expect(() => encryptFernet(randomBytes(31), 'x')).toThrow(TypeError)
  expect(() => decryptFernet(randomBytes(33), generated.token)).toThrow(TypeError)
})

test('an independent implementation on Web Crypto opens our tokens and we open its', async () => {
  for (const text of texts) {
    expect(await webDecrypt(encryptFernet(key, text))).toBe(text)
    expect(decryptFernet(key, await webEncrypt(text), { ttlSeconds: 60 }).toString()).toBe(text)
  }
})

const python = spawnSync('python3', ['-c', 'import cryptography.fernet']).status === 0
test.skipIf(!python)('pyca/cryptography opens our tokens and we open its', () => {
  const program = `
import sys, json
from cryptography.fernet import Fernet
f = Fernet(${JSON.stringify(secret)})
a = json.load(sys.stdin)
json.dump({"opened": [f.decrypt(t.encode(), ttl=60).decode() for t in a["tokens"]],
           "tokens": [f.encrypt(t.encode()).decode() for t in a["texts"]]}, sys.stdout)`
  const input = JSON.stringify({ texts, tokens: texts.map(text => encryptFernet(key, text)) })
  const { stdout } = spawnSync('python3', ['-c', program], { input, encoding: 'utf8' })
  const theirs = JSON.parse(stdout) as { opened: string[]; tokens: string[] }
  expect(theirs.opened).toEqual(texts)
  expect(theirs.tokens.map(token => decryptFernet(key, token, { ttlSeconds: 60 }).toString())).toEqual(texts)
})

const { subtle } = webcrypto
const hmacKey = () => subtle.importKey('raw', key.subarray(0, 16), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
const aesKey = () => subtle.importKey('raw', key.subarray(16), 'AES-CBC', false, ['encrypt', 'decrypt'])

async function webEncrypt(text: string): Promise<string> {
  const head = Buffer.alloc(9, 0x80)
  head.writeBigInt64BE(BigInt(Math.floor(Date.now() / 1000)), 1)
  const iv = randomBytes(16)
  const body = Buffer.from(await subtle.encrypt({ name: 'AES-CBC', iv }, await aesKey(), Buffer.from(text)))
  const signed = Buffer.concat([head, iv, body])
  const mac = Buffer.from(await subtle.sign('HMAC', await hmacKey(), signed))
  return btoa(String.fromCharCode(...signed, ...mac))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}

async function webDecrypt(token: string): Promise<string> {
  const bytes = Buffer.from(token, 'base64url')
  const mac = Buffer.from(await subtle.sign('HMAC', await hmacKey(), bytes.subarray(0, -32)))
  expect(mac.equals(bytes.subarray(-32))).toBe(true)
  const parameters = { name: 'AES-CBC', iv: bytes.subarray(9, 25) }
  return Buffer.from(await subtle.decrypt(parameters, await aesKey(), bytes.subarray(25, -32))).toString()
}
