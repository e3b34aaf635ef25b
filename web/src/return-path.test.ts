import { expect, test } from 'vitest'
import { returnPath } from './return-path.ts'

const here = 'https://kontor.example'

test('signing in leads back to where one was', () => {
  expect(returnPath('/w/acme/members?q=a#top', here)).toBe('/w/acme/members?q=a#top')
})

test('signing in never leads to another site', () => {
  const elsewhere = [
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    '/\t/evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    undefined,
    ['/a'],
  ]
  for (const next of elsewhere) expect(returnPath(next, here)).toBe('/')
})
