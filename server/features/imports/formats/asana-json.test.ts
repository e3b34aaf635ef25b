import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { planAsana } from './asana-json.ts'

const bytes = readFileSync('tests/fixtures/imports/asana-api-tasks-subtasks.json')
const json = (value: unknown) => Buffer.from(JSON.stringify(value))

test('tasks arrive with their subtasks under them', () => {
  const plan = planAsana(bytes)
  const { data } = JSON.parse(bytes.toString()) as {
    data: { gid: string; name: string; subtasks: { gid: string; name: string }[] }[]
  }
  const all = data.flatMap(task => [task, ...task.subtasks.map(subtask => ({ ...subtask, parent: task.gid }))])
  expect(plan.problems).toEqual([])
  expect(plan.tasks.map(({ source, title }) => [source.id, title])).toEqual(all.map(({ gid, name }) => [gid, name]))
  expect(plan.tasks.map(({ parentRef }) => parentRef)).toEqual([undefined, undefined, 'asana:1201665140302755'])
  expect(plan.projects.map(({ name }) => name)).toEqual(['Place'])
  expect(plan.tasks[0]).toMatchObject({ status: 'doing', createdAt: '2022-03-31T15:58:56.586Z' })
  expect(plan.tags.map(({ name }) => name)).toEqual(['2', 'Sprint 26 (Due: 17/04/2022)', 'Backlog', 'Tech Debt'])
  expect(plan.people.map(({ name }) => name)).toEqual(['Patrick F.', 'Steeve T.'])
  expect(plan.notTaken.map(({ what, count }) => [what, count])).toEqual([
    ['"assignee_status" of a task', 3],
    ['"modified_at" of a task', 3],
    ['Likes', 1],
    ['"assignee_section" of a task', 1],
  ])
})

test('a subtask that is listed a second time arrives once, under its parent', () => {
  const child = { gid: '2', name: 'Child', parent: { gid: '1' } }
  const plan = planAsana(
    json({
      data: [
        child,
        { gid: '1', name: 'Parent', subtasks: [child], completed: true, completed_at: '2024-01-02T00:00:00Z' },
      ],
    }),
  )
  expect(plan.tasks.map(({ ref, parentRef, status }) => [ref, parentRef, status])).toEqual([
    ['asana:1', undefined, 'done'],
    ['asana:2', 'asana:1', 'todo'],
  ])
})

test('comments and custom fields arrive; a bad date and a circle are named', () => {
  const story = {
    type: 'comment',
    text: 'Hi',
    created_by: { gid: '9', name: 'Ada' },
    created_at: '2024-01-01T08:00:00Z',
  }
  const plan = planAsana(
    json([
      {
        gid: '1',
        name: 'A',
        stories: [story, { type: 'system' }],
        custom_fields: [{ name: 'Size', display_value: 'L' }],
      },
    ]),
  )
  expect(plan.comments).toMatchObject([{ authorName: 'Ada', body: 'Hi', createdAt: '2024-01-01T08:00:00.000Z' }])
  expect(plan.tasks[0]!.description).toContain('| Size | L |')
  expect(plan.notTaken).toMatchObject([{ what: 'Activity other than comments', count: 1 }])
  expect(planAsana(json([{ gid: '1', name: 'A', due_on: 'soon' }])).problems[0]).toMatchObject({
    where: 'task "A"',
    column: 'due_on',
  })
  const circle = [
    { gid: '1', name: 'A', parent: { gid: '2' } },
    { gid: '2', name: 'B', parent: { gid: '1' } },
  ]
  expect(planAsana(json(circle)).problems[0]!.message).toBe('It is a subtask of itself.')
})
