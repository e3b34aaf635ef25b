import { expect, test } from 'vitest'
import type { Permissions } from '#client'
import { withScope } from '#web/roles/matrix.ts'
import { issuerExamples, kindOf, mayDoAll, providerKinds } from '#web/sign-on/providers.ts'

test('a provider is known by its issuer', () => {
  for (const kind of providerKinds) expect(kindOf(issuerExamples[kind])).toBe(kind)
  expect(kindOf('https://evil.example/?https://login.microsoftonline.com/')).toBe('other')
  expect(kindOf('https://accounts.google.com.evil.example')).toBe('other')
})

test('only whoever may do everything, and is no guest, decides on a provider', () => {
  const everything = { task: { read: 'all', create: 'all' }, workspace: { write: 'all' } } as unknown as Permissions
  expect(mayDoAll(everything, false)).toBe(true)
  expect(mayDoAll(everything, true)).toBe(false)
  expect(mayDoAll(withScope(everything, { resource: 'task', action: 'read', scope: 'project' }), false)).toBe(false)
})
