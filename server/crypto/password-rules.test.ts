import { describe, expect, test } from 'vitest'
import { passwordProblem } from './password-rules.ts'

const ada = { email: 'ada.lovelace@analytical.example', name: 'Ada Lovelace' }

describe('accepted', () => {
  test.each([
    'zes natte konijnen',
    'correct horse battery staple',
    'mijn fiets staat in Gent',
    'J7#kfq2!mZ0pLw9x',
    'ada drinkt graag koude melk',
    'пароль из четырёх слов',
    '春はあけぼのやうやう白くなりゆく',
    '🐇🎺🌧️🍋🚲 vijf plaatjes',
    `${'de regen valt op het dak '.repeat(3)}en ik slaap`,
  ])('%s', password => {
    expect(passwordProblem(password, ada)).toBeUndefined()
  })
  test('1024 characters, whatever they are', () => {
    const random = Array.from({ length: 1024 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000))).join('')
    expect(passwordProblem(random, ada)).toBeUndefined()
    expect(passwordProblem(`${random}x`, ada)).toMatch(/at most 1024/)
    expect(passwordProblem('ab'.repeat(5_000_000), ada)).toMatch(/at most 1024/)
  })
  test('8 characters with a second factor', () => {
    expect(passwordProblem('t7Kq wze', { ...ada, secondFactor: true })).toBeUndefined()
    expect(passwordProblem('t7Kq wz', { ...ada, secondFactor: true })).toMatch(/at least 8/)
  })
})

describe('refused', () => {
  test('fewer than 15 characters, counted as people count', () => {
    expect(passwordProblem('veertien teken', ada)).toMatch(/at least 15/)
    expect(passwordProblem('🐇🎺🌧🍋🚲🏠🌳', ada)).toMatch(/at least 15/)
    expect(passwordProblem('é'.normalize('NFD').repeat(8), ada)).toMatch(/at least 15/)
  })
  test('a lone surrogate', () => {
    expect(passwordProblem('\ud800 en nog veertien tekens', ada)).toMatch(/valid Unicode/)
  })
  test.each(['password1234567', 'PasswordPassword', '!!!P@ssw0rd1!!!', 'foot-ball-football', '1qaz2wsx3edc4rfv'])(
    'well known: %s',
    password => {
      expect(passwordProblem(password, ada)).toMatch(/well-known/)
    },
  )
  test.each([
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabcabc',
    'abcdefghijklmnop',
    '987654321098765432',
    'azertyuiopqsdfghjklm',
    'aaaabbbbccccddddeeee',
    'monkey123456789',
    'a1b2a1b2a1b2a1b2',
  ])('a pattern: %s', password => {
    expect(passwordProblem(password, ada)).toMatch(/simple pattern/)
  })
  test.each([
    'ada.lovelace2026',
    'AdaLovelace1815!',
    'kontor-lovelace',
    'ada.lovelace@analytical.example',
    'Kontor analytical',
  ])('little more than name, address or product: %s', password => {
    expect(passwordProblem(password, ada)).toMatch(/little more than/)
  })
  test('a common one of 8 characters with a second factor', () => {
    expect(passwordProblem('sunshine', { ...ada, secondFactor: true })).toMatch(/well-known/)
  })
})
