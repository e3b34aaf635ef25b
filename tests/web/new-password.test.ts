import { expect, test } from 'vitest'
import { passwordProblem } from '#server/crypto/password-rules.ts'
import { faultSaid, judgePassword } from '#web/forms/judge-password.ts'

const email = 'mia.peeters@studio.example'
const name = 'Mia Peeters'
const own = [name, email]

test.each([
  ['too few characters', 'kettle at noon', 'missing'],
  ['the same characters', 'abababababababab', 'repeated'],
  ['a piece over and over', 'hallohallohallohallo', 'repeated'],
  ['the alphabet', 'abcdefghijklmnopqrs', 'sequence'],
  ['a keyboard', 'qwertyuiopasdfghjkl', 'sequence'],
  ['a French keyboard', 'azertyuiopqsdfghjklm', 'sequence'],
  ['a German keyboard', 'qwertzuiopyxcvbnm123', 'sequence'],
  ['their own name', 'MiaPeeters-kontor', 'own'],
  ['their own address', 'mia.peeters@studio1', 'own'],
])('the form warns of %s, and the server refuses it', (_, password, expected) => {
  const { missing, fault } = judgePassword(password, { own })
  expect(fault ?? (missing > 0 ? 'missing' : undefined)).toBe(expected)
  expect(passwordProblem(password, { email, name })).toBeDefined()
})

test('a password of eight characters is enough for the form as for the server only beside a second factor', () => {
  const password = 'tok9 fja'
  expect(judgePassword(password, { own, shortest: 8 })).toMatchObject({ missing: 0 })
  expect(passwordProblem(password, { email, name, secondFactor: true })).toBeUndefined()
  expect(judgePassword(password, { own }).missing).toBe(7)
})

test('the form finds no fault with what the server takes, and counts as it does', () => {
  for (const password of [
    'a kettle sings at noon',
    'Zürich 東京 σπίτι 👍🏽 naïve',
    'mia likes very old bicycles',
    'ﬁﬁ quiet otters repaint',
  ]) {
    expect(passwordProblem(password, { email, name })).toBeUndefined()
    const { missing, fault } = judgePassword(password, { own })
    expect({ missing, fault }).toEqual({ missing: 0, fault: undefined })
  }
})

test('what the server says of a password has words in every language', () => {
  const said = (password: string) => faultSaid(passwordProblem(password, { email, name }) ?? '')
  expect(said('passwordpassword')).toBe('known')
  expect(said('abcdefghijklmnopqrs')).toBe('pattern')
  expect(said('MiaPeeters-kontor')).toBe('own')
  expect(said('x y'.repeat(1000))).toBe('long')
  expect(said('a kettle sings at noon')).toBeUndefined()
})
