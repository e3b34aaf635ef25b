import { expect, test } from 'vitest'
import { personOf } from '#server/features/single-sign-on/person.ts'

const domains = ['acme.example']
const claims = {
  iss: 'https://login.acme.example',
  sub: 'u-1',
  aud: 'kontor',
  exp: 0,
  iat: 0,
  email: 'Noor@Acme.example',
  email_verified: true,
  name: 'Noor Claes',
}

function refusalOf(change: Record<string, unknown>): string | undefined {
  try {
    personOf({ ...claims, ...change } as never, domains)
  } catch (error) {
    return (error as { code?: string }).code
  }
  return undefined
}

test('a person is the subject, with a confirmed address in lower case and a name', () => {
  const person = { issuer: claims.iss, subject: 'u-1', email: 'noor@acme.example', name: 'Noor Claes', language: 'en' }
  expect(personOf(claims, domains)).toEqual(person)
})

test('an address counts only when the provider says, in so many words, that it is confirmed', () => {
  const values = [false, undefined, null, 'true', 1, 'false', {}]
  expect(values.map(email_verified => refusalOf({ email_verified }))).toEqual(values.map(() => 'email-unverified'))
})

test('Entra ID, which never says so, confirms an address by the domain of its tenant', () => {
  const without = { email_verified: undefined }
  for (const xms_edov of [true, 1, '1', 'true']) expect(refusalOf({ ...without, xms_edov })).toBeUndefined()
  for (const xms_edov of [false, 0, '0', 'yes', null, undefined])
    expect(refusalOf({ ...without, xms_edov })).toBe('email-unverified')
  expect(refusalOf({ email_verified: false, xms_edov: true })).toBe('email-unverified')
})

test('a private Google account with an address of the domain is not of the organisation', () => {
  const iss = 'https://accounts.google.com'
  expect([undefined, 'evil.example', null, ['acme.example']].map(hd => refusalOf({ iss, hd }))).toEqual([
    'domain-unverified',
    'domain-unverified',
    'domain-unverified',
    undefined,
  ])
  expect(refusalOf({ iss, hd: 'acme.example' })).toBeUndefined()
})

test('a domain that only looks like a verified one, or lies below it, is another one', () => {
  const emails = [
    'noor@evil.example',
    'noor@sub.acme.example',
    'noor@acme.example.evil.example',
    'noor@xacme.example',
    'noor@acme.exampl',
    'noor@аcme.example',
    '"noor@acme.example"@evil.example',
    'noor@acme.example@evil.example',
    'noor@acme.example\n',
    'acme.example',
    '',
    undefined,
    ['noor@acme.example'],
  ]
  expect(
    emails.map(email => refusalOf({ email })).filter(code => !/^(domain-unverified|email-missing)$/.test(code ?? '')),
  ).toEqual([])
})

test('a name is brought on one line, without what moves or hides text, and not longer than names are', () => {
  const nameOf = (change: Record<string, unknown>) => personOf({ ...claims, ...change } as never, domains).name
  expect(nameOf({ name: ' Noor\r\n\tClaes\u202Egpj.exe\u0007 \uD800' })).toBe('Noor Claesgpj.exe \uFFFD')
  expect(nameOf({ name: '😀'.repeat(300) })).toBe('😀'.repeat(200))
  expect(nameOf({ name: '\u0000\u202E ', given_name: 'Noor', family_name: 'Claes' })).toBe('Noor Claes')
  expect(nameOf({ name: { first: 'Noor' } })).toBe('noor')
  expect(nameOf({ name: undefined })).toBe('noor')
})

test('a subject that cannot be one is refused', () => {
  for (const sub of ['', 'x'.repeat(256), 'a\u0000b', 'é']) expect(refusalOf({ sub })).toBe('sign-on-failed')
})

test('a person is written to in the language that the provider tells, if it is one of ours', () => {
  const locales = ['nl-BE', 'fr_FR', 'DE', 'en', 'it', '', undefined, 7, 'nlx']
  expect(locales.map(locale => personOf({ ...claims, locale } as never, domains).language)).toEqual([
    'nl',
    'fr',
    'de',
    ...locales.slice(3).map(() => 'en'),
  ])
})
