import { expect, test } from 'vitest'
import { isReturnPath } from '#server/features/single-sign-on/return-path.ts'

test('a page of this site is a return path', () => {
  const pages = ['/', '/w/acme', '/w/acme/tasks?q=a%20b&next=//x#top', '/w/acme/t/%C3%A9t%C3%A9', '/join/acme/abc_-']
  expect(pages.filter(page => !isReturnPath(page))).toEqual([])
})

test('nothing that a browser or a proxy could read as another site is one', () => {
  const elsewhere = [
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    'evil.example',
    '',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\nSet-Cookie: a=b',
    '/\u0000/evil.example',
    '/\u0085x',
    ' //evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/a/..//evil.example',
    '/%2Fevil.example',
    '/%2f%2fevil.example',
    '/%5Cevil.example',
    '/%5c%5cevil.example',
    '/%09/evil.example',
    '/%0d%0aSet-Cookie:a=b',
    '/%2e%2e//evil.example',
    '/%2e/%2fevil.example',
    '/%',
    '/%ff',
    '//evil.example@localhost:8080/',
    '/@evil.example\\',
  ]
  expect(elsewhere.filter(isReturnPath)).toEqual([])
})

test('an operation of the API is no page', () => {
  expect(['/api/single-sign-on/callback?code=x', '/api', '/%61pi/session'].filter(isReturnPath)).toEqual([])
})
