import { expect, test } from 'vitest'
import type { AuditEvent } from '#client'
import { versionsOf } from '#web/tasks/history/description-versions.ts'

const event = (id: string, changes: AuditEvent['changes'], entity = 'task') =>
  ({ id, at: `2026-05-0${id}T08:00:00.000Z`, entity, memberName: 'Mia', changes }) as AuditEvent
const described = (from: string | null, to: string | null) => ({ description: { from, to } })

test('every description that a task had is there, newest first, but for that of today and what was empty', () => {
  const events = [
    event('6', described('two', 'three')),
    event('5', { status: { from: 'todo', to: 'doing' } }),
    event('4', { body: { from: 'a', to: 'b' } }, 'comment'),
    event('3', described('', 'two')),
    event('2', described('one', '')),
    event('1', described('zero', 'one')),
  ]
  expect(versionsOf(events, 'three').map(({ text }) => text)).toEqual(['two', 'one', 'zero'])
  expect(versionsOf(events, 'three').at(-1)).toMatchObject({ isFirst: true, at: '2026-05-01T08:00:00.000Z' })
})

test('what was erased is no version', () => {
  const erased = { description: { from: null, to: null, erased: 'x' } }
  expect(versionsOf([event('2', erased), event('1', described(null, 'one'))], 'now').map(({ text }) => text)).toEqual([
    'one',
  ])
})
