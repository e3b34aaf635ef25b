import { expect, test } from 'vitest'
import type { Task } from '#client'
import { changesFor, columnsOf, put } from './columns.ts'

const task = (id: string, status: Task['status'], position: number) => ({ id, status, position }) as Task
const tasks = [task('a', 'todo', 1024), task('b', 'todo', 2048), task('c', 'doing', 3072)]

test('a card between two others takes the middle of their positions', () => {
  const moved = put(columnsOf(tasks), tasks[2]!, 'todo', 1)
  expect(changesFor(moved, tasks[2]!)).toEqual({ status: 'todo', position: 1536 })
})

test('a card that fits where it lies keeps its position', () => {
  const moved = put(columnsOf(tasks), tasks[2]!, 'todo', 2)
  expect(changesFor(moved, tasks[2]!)).toEqual({ status: 'todo' })
})

test('a card put back where it was changes nothing', () => {
  expect(changesFor(columnsOf(tasks), tasks[0]!)).toBeUndefined()
})

test('closing a card does not change its position', () => {
  const moved = put(columnsOf([...tasks, task('d', 'done', 5)]), tasks[0]!, 'done', 1)
  expect(changesFor(moved, tasks[0]!)).toEqual({ status: 'done' })
})

test('a card at the top goes before the first', () => {
  const moved = put(columnsOf(tasks), tasks[1]!, 'todo', 0)
  expect(changesFor(moved, tasks[1]!)).toEqual({ position: 0 })
})
