import type { ImportPlan } from '../import-plan.ts'
import { type AsanaContext, draftAsanaTask } from './asana-tasks.ts'
import { isJsonObject, type Json, type JsonObject, listOf, readJson, stringOf } from './json.ts'
import { emptyPlan, planBuilder } from './plan-builder.ts'
import { ImportRefused } from './refused.ts'

/** The plan of a project as Asana's API and its "Export JSON" write it: tasks with their subtasks inside. */
export function planAsana(bytes: Uint8Array, fileName = ''): ImportPlan {
  try {
    const json = readJson(bytes)
    if (!isAsanaTasks(json)) throw new ImportRefused('The file holds no tasks of Asana ("data" with "gid" and "name").')
    return planTasks(json, fileName)
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error
    return emptyPlan('asana', error.problems)
  }
}

export function isAsanaTasks(json: Json): boolean {
  const tasks = tasksOf(json)
  return tasks.length > 0 && tasks.every(({ gid, name }) => typeof gid === 'string' && typeof name === 'string')
}

function planTasks(json: Json, fileName: string): ImportPlan {
  const build = planBuilder('asana')
  const context: AsanaContext = {
    build,
    fallbackProject: fileName.replace(/\.json$/i, '') || 'Asana',
    taken: new Set(),
  }
  const roots = tasksOf(json)
  const ids = new Set(roots.map(({ gid }) => stringOf(gid)))
  // A subtask stands inside its parent and, where it is in a project too, again in the list.
  const under = Map.groupBy(roots, ({ parent }) =>
    isJsonObject(parent) && ids.has(stringOf(parent.gid)) ? stringOf(parent.gid) : '',
  )
  const waiting: Waiting[] = (under.get('') ?? []).map(task => ({ task })).toReversed()
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { task, parentRef, projectRef } = next
    const draft = draftAsanaTask(task, { ...context, parentRef, projectRef })
    if (!draft) continue
    build.task(draft)
    const children = [...listOf(task.subtasks), ...(under.get(stringOf(task.gid)) ?? [])]
    const below = { parentRef: draft.ref, projectRef: draft.projectRef }
    waiting.push(...children.map(child => ({ task: child, ...below })).toReversed())
  }
  // Tasks that are each other's parents hang under nothing.
  for (const task of roots.filter(({ gid }) => !context.taken.has(stringOf(gid)))) {
    build.problem({ where: `task "${stringOf(task.name).slice(0, 60)}"`, message: 'It is a subtask of itself.' })
  }
  return build.plan
}

type Waiting = { task: JsonObject; parentRef?: string; projectRef?: string }

function tasksOf(json: Json): JsonObject[] {
  if (Array.isArray(json)) return listOf(json)
  return isJsonObject(json) ? (isJsonObject(json.data) ? [json.data] : listOf(json.data)) : []
}
