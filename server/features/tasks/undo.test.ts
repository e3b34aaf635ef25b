import { expect, test } from 'vitest'
import type { TaskPast } from '#server/features/tasks/task-past.ts'
import { undo } from '#server/features/tasks/undo.ts'

const past = (more: Partial<TaskPast>): TaskPast => ({
  ...{ id: 'x', now: null, deletionId: 'e', after: {}, before: {}, links: [], madeAt: '2026-05-01T08:00:00Z' },
  ...{ createdAt: null, changedAt: null, deletedAt: null, knownFrom: null },
  ...more,
})
const erased = { from: null, to: null, erased: 'y'.repeat(44) }

test('what was erased is said to be, and is not mistaken for nothing', () => {
  const before = { description: erased }
  const { fields, erased: names } = undo(past({ after: { description: erased, status: change('todo') }, before }))
  expect(fields).toMatchObject({ description: null, status: 'todo' })
  expect(names).toEqual(['description'])
})

test('what a change took away with it is still told by the one before', () => {
  const { fields, erased: names } = undo(
    past({ after: { description: erased }, before: { description: { from: '', to: 'Words' } } }),
  )
  expect(fields.description).toBe('Words')
  expect(names).toEqual([])
})

test('a field that the making does not speak of was empty, unless that event is gone', () => {
  const after = { description: erased, assignee_id: erased }
  expect(undo(past({ after })).fields).toMatchObject({ description: '', assigneeId: null })
  expect(undo(past({ after, madeAt: null })).erased).toEqual(['description', 'assigneeId'])
})

function change(from: unknown) {
  return { from, to: 'done' }
}
