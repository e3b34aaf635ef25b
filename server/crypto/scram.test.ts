import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { scramVerifier } from './scram.ts'

test('the verifier recomputes from the password, block by block as in RFC 5802', () => {
  const password = Buffer.from(hkdfSync('sha256', 'k', '', 'role', 32)).toString('base64url')
  const [, iterations = '', salt = '', stored = '', server = ''] =
    /^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):(.+)$/.exec(scramVerifier(password)) ?? []
  const salted = hi(password, Buffer.from(salt, 'base64'), Number(iterations))
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest()
  expect(Number(iterations)).toBe(4096)
  expect(Buffer.from(salt, 'base64')).toHaveLength(16)
  expect(stored).toBe(createHash('sha256').update(hmac('Client Key')).digest('base64'))
  expect(server).toBe(hmac('Server Key').toString('base64'))
})
test('the exchange of RFC 7677, section 3, is reproduced', () => {
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64')
  const serverKey = Buffer.from(scramVerifier('pencil', { salt }).split(':')[2] ?? '', 'base64')
  const message =
    'n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0'
  const signature = createHmac('sha256', serverKey).update(message).digest('base64')
  expect(signature).toBe('6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')
})
test('two verifiers of one password differ', () => {
  expect(scramVerifier('pencil')).not.toBe(scramVerifier('pencil'))
})
test('a password that SASLprep could change is refused', () => {
  for (const password of ['', 'pässword', 'a\u00a0b', 'a\n']) expect(() => scramVerifier(password)).toThrow(TypeError)
})

/** PBKDF2 written out: Hi() of RFC 5802, 2.2. */
function hi(password: string, salt: Buffer, iterations: number): Buffer {
  let block = createHmac('sha256', password)
    .update(salt)
    .update(Buffer.from([0, 0, 0, 1]))
    .digest()
  const result = Buffer.from(block)
  for (let i = 1; i < iterations; i++) {
    block = createHmac('sha256', password).update(block).digest()
    for (const [index, byte] of block.entries()) result[index] = (result[index] ?? 0) ^ byte
  }
  return result
}
