import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import { taskKey } from '#server/features/tasks/task-queries.ts'

type Words = RawBuilder<unknown>
// Longer texts are searched, but not quoted from, beyond this.
const longestQuoted = 20_000

/** The task of that key. */
export function findTaskByKey(db: Reader, { projectKey, number }: { projectKey: string; number: number }) {
  return db
    .rows('task')
    .where('task.number', '=', number)
    .where(sql<boolean>`task.project_id in (select p.id from project p where p.key = ${projectKey})`)
    .select(taskColumns)
    .select([sql<string>`left(task.description, 200)`.as('snippet'), sql<number>`1000`.as('rank')])
    .execute()
}

/** Tasks by title and description, with the index task_search. */
export function searchTasks(db: Reader, words: Words, limit: number) {
  return db
    .rows('task')
    .where(sql<boolean>`task.search @@ ${words}`)
    .select(taskColumns)
    .select([snippet('task.description', words), rank('task.search', words).as('rank')])
    .orderBy(rank('task.search', words), 'desc')
    .orderBy('task.id', 'desc')
    .limit(limit)
    .execute()
}

/** Comments, with the index comment_search. A comment is readable only with its task, so its task may be named. */
export function searchComments(db: Reader, words: Words, limit: number) {
  const ofTask = (what: RawBuilder<string>) => sql<string>`(select ${what} from task where task.id = comment.task_id)`
  return db
    .rows('comment')
    .where(sql<boolean>`comment.search @@ ${words}`)
    .select([
      sql<'comment'>`'comment'`.as('type'),
      'comment.id',
      'comment.task_id as taskId',
      ofTask(sql`task.project_id`).as('projectId'),
      ofTask(sql`task.title`).as('title'),
      ofTask(taskKey).as('key'),
      snippet('comment.body', words),
      rank('comment.search', words).as('rank'),
    ])
    .orderBy(rank('comment.search', words), 'desc')
    .orderBy('comment.id', 'desc')
    .limit(limit)
    .execute()
}

/** Projects by key, name and description. There are few, so they need no index. */
export function searchProjects(db: Reader, words: Words, limit: number) {
  const document = sql`(setweight(to_tsvector('simple', project.key || ' ' || project.name), 'A') || to_tsvector('simple', left(project.description, ${sql.lit(longestQuoted)})))`
  const score = sql<number>`ts_rank(${document}, ${words})::float8`
  return db
    .rows('project')
    .where(sql<boolean>`${document} @@ ${words}`)
    .select([
      sql<'project'>`'project'`.as('type'),
      'project.id',
      sql<null>`null`.as('taskId'),
      'project.id as projectId',
      'project.name as title',
      'project.key',
      snippet('project.description', words),
      score.as('rank'),
    ])
    .orderBy(score, 'desc')
    .orderBy('project.id', 'desc')
    .limit(limit)
    .execute()
}

const taskColumns = [
  sql<'task'>`'task'`.as('type'),
  'task.id',
  'task.id as taskId',
  'task.project_id as projectId',
  'task.title',
  taskKey.as('key'),
] as const

function rank(column: string, words: Words): RawBuilder<number> {
  return sql<number>`ts_rank(${sql.ref(column)}, ${words})::float8`
}

// PostgreSQL works it out after the limit, for the rows of the answer only, as it does with every costly column.
function snippet(column: string, words: Words) {
  const options = sql.lit('StartSel="", StopSel="", MaxWords=30, MinWords=10')
  return sql<string>`left(ts_headline('simple', left(${sql.ref(column)}, ${sql.lit(longestQuoted)}), ${words}, ${options}), 300)`.as(
    'snippet',
  )
}
