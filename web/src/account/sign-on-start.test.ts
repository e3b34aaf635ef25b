import { expect, test } from 'vitest'
import { toSignOnStart } from '#web/account/sign-on-start.ts'

const here = 'https://kontor.example'
const read = (typed: string, next?: string) => toSignOnStart(typed, next, here)

test('an address, a workspace and the address of a workspace are told apart', () => {
  expect(read(' Mia@acme.example ')).toEqual({ email: 'Mia@acme.example' })
  expect(read('Acme ')).toEqual({ workspace: 'acme' })
  expect(read('https://kontor.example/w/acme/my-work')).toEqual({ workspace: 'acme' })
  for (const nothing of ['', '  ', 'mia@', 'Acme Studio', 'ümlaut', '/w/']) expect(read(nothing)).toBeUndefined()
})

test('the way back leads to this site only, and by default to the workspace', () => {
  expect(read('acme', '/w/acme/time?week=2026-W40')).toEqual({
    workspace: 'acme',
    returnTo: '/w/acme/time?week=2026-W40',
  })
  expect(read('acme', 'https://evil.example/')).toEqual({ workspace: 'acme', returnTo: '/' })
})
