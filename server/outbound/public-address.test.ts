import { expect, test } from 'vitest'
import { readConfig } from '#server/config/config.ts'
import { allowsLoopback, checkUrl, findDestination } from '#server/outbound/check-destination.ts'
import { isPublicAddress } from '#server/outbound/public-address.ts'

const refused = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '192.0.0.8',
  '192.0.2.1',
  '198.18.0.1',
  '203.0.113.9',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1',
  'fc00::1',
  'fd12::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::a00:1',
  '64:ff9b:1::1',
  '2002:7f00:1::',
  '2002:a00:1::1',
  '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  '2001:db8::1',
  '100::1',
  '5f00::1',
  'not an address',
  '127.1',
]

test('no address of a private, local, shared, reserved or translated network is public', () => {
  expect(refused.filter(isPublicAddress)).toEqual([])
  expect(
    ['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a01:4f8::1'].filter(
      address => !isPublicAddress(address),
    ),
  ).toEqual([])
})

const local = readConfig({})
const published = readConfig({ KONTOR_PUBLIC_URL: 'https://kontor.example.eu' })

test('only https on port 443 of a public address is taken, however the address is spelt', async () => {
  const spelt = [
    'https://127.0.0.1',
    'https://2130706433',
    'https://0x7f.1',
    'https://0177.0.0.1',
    'https://[::ffff:7f00:1]',
    'https://[::1]',
    'https://169.254.169.254/latest',
    'https://10.0.0.1',
  ]
  const formed = [
    'http://example.org',
    'https://example.org:8443',
    'https://me:pw@example.org',
    'ftp://example.org',
    'file:///etc/passwd',
    'nonsense',
  ]
  for (const url of [...spelt, ...formed]) expect(() => checkUrl(published, url), url).toThrow()
  // A name that leads inside is found out when it is resolved.
  await expect(findDestination(published, 'https://localhost')).rejects.toThrow('not an address of the public internet')
  expect(checkUrl(published, 'https://example.org/hook').href).toBe('https://example.org/hook')
})

test('a receiver on this machine is taken only where nobody else can use the server', () => {
  expect(
    [
      local,
      published,
      readConfig({ KONTOR_TRUSTED_PROXIES: '127.0.0.1' }),
      readConfig({ KONTOR_HOST: '0.0.0.0', KONTOR_PUBLIC_URL: 'http://localhost' }),
    ].map(allowsLoopback),
  ).toEqual([true, false, false, false])
  expect(checkUrl(local, 'http://127.0.0.1:9000/x').port).toBe('9000')
  for (const url of ['http://192.168.1.1', 'http://10.0.0.1:80', 'http://example.org'])
    expect(() => checkUrl(local, url), url).toThrow()
})
