import { expect, test } from 'vitest'
import { countedAs } from '#server/features/accounts/signup-limits.ts'

test.each([
  ['A.B+tag@Example.COM', { mailbox: 'ab@example.com', domain: 'example.com' }],
  ['a@deep.sub.company.co.uk', { mailbox: 'a@company.co.uk', domain: 'company.co.uk' }],
  ['a@one.github.io', { mailbox: 'a@one.github.io', domain: 'one.github.io' }],
  ['a@münchen.example', { mailbox: 'a@xn--mnchen-3ya.example', domain: 'xn--mnchen-3ya.example' }],
  ['a@ＧＭＡＩＬ.com', { mailbox: 'a@gmail.com', domain: 'gmail.com' }],
  ['a@localhost', { mailbox: 'a@localhost', domain: 'localhost' }],
])('%s counts as %j', (email, counted) => {
  expect(countedAs(email)).toEqual(counted)
})
