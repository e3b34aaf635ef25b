import { hash } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { hashAsInProduction } from '#tests/setup/hash-cost.ts'
import { hashPassword, parameters, verifyDummy, verifyPassword } from './password.ts'

hashAsInProduction()

const password = 'zes natte konijnen'

test('a password verifies against its hash and another does not', async () => {
  const stored = await hashPassword(password)
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
  expect(await verifyPassword(password, stored)).toEqual({ ok: true, needsRehash: false })
  expect(await verifyPassword(`${password} `, stored)).toEqual({ ok: false, needsRehash: false })
})
test('the parameters are above the floor of OWASP', () => {
  expect(parameters.memoryCost).toBeGreaterThanOrEqual(19 * 1024)
  expect(parameters.timeCost).toBeGreaterThanOrEqual(2)
})
test('a password typed with composed or with combining accents is the same', async () => {
  const stored = await hashPassword('café crème brûlée'.normalize('NFD'))
  expect((await verifyPassword('café crème brûlée'.normalize('NFC'), stored)).ok).toBe(true)
})
test('a weaker hash verifies and asks for a new one', async () => {
  const stored = await hash(password, { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 })
  expect(await verifyPassword(password, stored)).toEqual({ ok: true, needsRehash: true })
  expect(await verifyPassword('wrong', stored)).toEqual({ ok: false, needsRehash: false })
})
test('a password beyond the limit or not well-formed is refused', async () => {
  const stored = await hashPassword('\ufffd')
  expect((await verifyPassword('\ud800', stored)).ok).toBe(false)
  expect((await verifyPassword('x'.repeat(10_000_000), stored)).ok).toBe(false)
  expect(() => hashPassword('\ud800')).toThrow(TypeError)
})
test('an unknown account takes the time of a known one', async () => {
  const stored = await hashPassword(password)
  const known = await fastest(() => verifyPassword('wrong', stored))
  const unknown = await fastest(() => verifyDummy())
  expect(unknown / known).toBeGreaterThan(0.6)
  expect(unknown / known).toBeLessThan(1.7)
  expect(await verifyDummy()).toEqual({ ok: false, needsRehash: false })
})

/** Milliseconds; the fastest of several is what load on the machine disturbs least. */
async function fastest(work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 6; i++) {
    const start = performance.now()
    await work()
    best = Math.min(best, performance.now() - start)
  }
  return best
}
