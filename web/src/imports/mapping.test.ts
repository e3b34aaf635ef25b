import { expect, test } from 'vitest'
import { choiceOf, sendColumn, sendList, sendStatus } from './mapping.ts'

const mapping = {
  tool: 'csv',
  columns: [
    { index: 0, header: 'Name', target: 'title' },
    { index: 1, header: 'When', target: 'field' },
  ],
  statuses: [{ from: 'Waiting', to: 'todo' }],
  lists: [{ id: 'l1', to: 'todo' }],
}

test('what a person chooses changes that one thing only', () => {
  const changed = sendList(sendStatus(sendColumn(mapping, 1, 'due'), 'Waiting', 'review'), 'l1', 'done')
  expect(changed).toEqual({
    tool: 'csv',
    columns: [
      { index: 0, header: 'Name', target: 'title' },
      { index: 1, header: 'When', target: 'due' },
    ],
    statuses: [{ from: 'Waiting', to: 'review' }],
    lists: [{ id: 'l1', to: 'done' }],
  })
  expect(choiceOf(changed, 'columns', column => column.index === 1)?.target).toBe('due')
})
