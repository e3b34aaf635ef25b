import { expect, test } from 'vitest'
import { readMailFrom, readSmtpUrl, smtpOptions } from '#server/config/smtp.ts'

const read = (url: string) => smtpOptions(readSmtpUrl({ KONTOR_SMTP_URL: url })!)

test('the URL says host, port, and whether it speaks TLS from the first byte', () => {
  expect(read('smtp://relay.example.eu')).toMatchObject({ host: 'relay.example.eu', port: 25, secure: false })
  expect(read('smtp://relay.example.eu:587/')).toMatchObject({ port: 587, secure: false, requireTLS: false })
  expect(read('smtps://relay.example.eu')).toMatchObject({ port: 465, secure: true })
  expect(read('smtp://[::1]:2525')).toMatchObject({ host: '::1', port: 2525 })
  expect(readSmtpUrl({})).toBeUndefined()
})

test('a password never crosses a network unencrypted, unless the URL says so', () => {
  const auth = { user: 'u@x', pass: 'p:/?#%' }
  const login = 'u%40x:p%3A%2F%3F%23%25'
  expect(read(`smtp://${login}@relay.example.eu`)).toMatchObject({ auth, requireTLS: true })
  expect(read(`smtp://${login}@relay.example.eu?requireTLS=false`)).toMatchObject({ auth, requireTLS: false })
  expect(read(`smtp://${login}@localhost`)).toMatchObject({ auth, requireTLS: false })
  expect(read('smtp://relay.example.eu?requireTLS=true')).toMatchObject({ requireTLS: true })
  expect(read('smtp://relay.example.eu?ignoreTLS=true')).toMatchObject({ ignoreTLS: true })
})

test('a URL that would fail at the first mail stops the start, without its password in the sentence', () => {
  const wrong = [
    'http://relay.example.eu',
    'relay.example.eu:25',
    'smtp://user@relay.example.eu',
    'smtp://user:hunter2@relay.example.eu/path',
    'smtp://user:hunter2@relay.example.eu#x',
    'smtp://user:hunter2@relay.example.eu?requireTls=true',
    'smtp://user:hunter2@relay.example.eu?requireTLS=yes',
    'smtp://user:hunter2%@relay.example.eu',
    'smtp:',
  ]
  for (const url of wrong) {
    expect(() => read(url), url).toThrow(/KONTOR_SMTP_URL/)
    expect(() => read(url), url).not.toThrow(/hunter2/)
  }
})

test('the sender is one address, with or without a name', () => {
  const from = (text: string) => readMailFrom({ KONTOR_MAIL_FROM: text })
  expect(readMailFrom({})).toEqual({ name: 'Kontor', address: 'kontor@localhost' })
  expect(from('kontor@example.eu')).toEqual({ name: '', address: 'kontor@example.eu' })
  expect(from('"Kontor, Inc." <kontor@example.eu>')).toEqual({ name: 'Kontor, Inc.', address: 'kontor@example.eu' })
  for (const text of [
    'Kontor',
    'a@b.eu, c@d.eu',
    'Kontor <a@b.eu>, x',
    'K <a@b.eu\r\nBcc: x@y.eu>',
    'K\n <a@b.eu>',
    '<@b.eu>',
    'a@',
  ])
    expect(() => from(text), text).toThrow(/KONTOR_MAIL_FROM/)
})
