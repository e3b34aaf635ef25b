import { expect, test } from 'vitest'
import { nameInMail } from '#server/mail/link.ts'
import { oneLine } from '#server/mail/one-line.ts'

test('a name leads nobody anywhere: what a mail program would make a link of is gone or broken', () => {
  const tricks = [
    'Your bank: click http://evil.example/login',
    'Your bank: click HTTPS://evil.example',
    'www.evil.example',
    '(www.evil.example)',
    'evil.example/login?x=1',
    'ftp://evil.example',
    'http:\\\\evil.example',
    'evil.example',
    'support@evil.example',
    'evil。example',
    'h\u200bttp://evil.example',
    'evil.\u202eexample',
  ]
  for (const trick of tricks) expect(nameInMail(trick), trick).not.toMatch(/\w[.。]\w|@\w|:\/\/|\\\\/)
  expect(nameInMail('Your bank: click http://evil.example/login')).toBe('Your bank: click …')
})

test('the names of honest people and workspaces read as they are', () => {
  const names = [
    'Noor Claes',
    "Zoë d'Hondt-Ólafur",
    'Team R&D / UX',
    'Bäckerei „Krümel“ (Köln)',
    '株式会社カンター',
    '👩‍👩‍👧‍👦 Familie',
    'علی‌رضا',
  ]
  for (const name of names) expect(nameInMail(name)).toBe(name)
  expect(nameInMail('Acme.eu').replaceAll('\u200b', '')).toBe('Acme.eu')
})

test('a long name is cut between the characters that people see', () => {
  const family = '👩‍👩‍👧‍👦'
  const cut = nameInMail(family.repeat(50))
  expect(cut.length).toBeLessThanOrEqual(60)
  expect(cut).toBe(`${family.repeat(5)}…`)
  expect(oneLine('x'.repeat(300), 200)).toBe(`${'x'.repeat(199)}…`)
  expect(oneLine(`e${'\u0301'.repeat(9_000)}`, 100).length).toBeLessThanOrEqual(100)
})

test('a name is one line without marks that nobody sees', () => {
  expect(oneLine(' a\r\nb\u2028c\td\u00a0\u0085e \u202ef\u200bg\ufeff\0h ', 100)).toBe('a b c d e fg h')
  expect(oneLine('\ud83d lone', 100)).toBe('\ufffd lone')
})

test('a name of 200,000 dots and slashes takes no time to clean', () => {
  const before = performance.now()
  nameInMail('./'.repeat(100_000))
  nameInMail('a.'.repeat(100_000))
  expect(performance.now() - before).toBeLessThan(500)
})
