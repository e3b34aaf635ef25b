import { type Kysely, sql } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Writer } from '#server/database/door.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import { batchesOf } from '#server/features/imports/batches.ts'
import { foldNames } from '#server/features/imports/fold-names.ts'
import { gatherNotes, type Notes } from '#server/features/imports/formats/notes.ts'
import type { ImportResult } from '#server/features/imports/import.ts'
import type { ImportPlan } from '#server/features/imports/import-plan.ts'
import { matchPeople, type People } from '#server/features/imports/match-people.ts'
import { placeInto, placeProjects } from '#server/features/imports/place-projects.ts'
import { placeTags } from '#server/features/imports/place-tags.ts'
import { emptyReport } from '#server/features/imports/report.ts'
import { taskValues } from '#server/features/imports/task-values.ts'

type Options = {
  /** The project for everything, or null. */
  projectId: string | null
  now: Temporal.Instant
  /** Called after each batch with the number of tasks, comments and time entries that are written. */
  onBatch: (done: number) => Promise<void>
}

/** Writes a plan in the transaction of `db`, in batches of rows, and says what became of it. */
export async function writePlan(
  { db, database }: { db: Writer; database: Kysely<WorkspaceTables> },
  plan: ImportPlan,
  { projectId, now, onBatch }: Options,
): Promise<ImportResult> {
  const report = {
    ...emptyReport(plan.tool),
    converted: structuredClone(plan.converted),
    notTaken: structuredClone(plan.notTaken),
  }
  const converted = gatherNotes(report.converted)
  const people = await matchPeople(db, plan.people)
  const fold = await foldNames(
    database,
    [...plan.projects, ...plan.tags].map(({ name }) => name),
  )
  const tags = await placeTags(db, fold, plan.tags)
  const places = projectId
    ? await placeInto(db, projectId, plan.projects)
    : await placeProjects(db, fold, plan.projects)
  const keepProjectNames = projectId !== null && plan.projects.length > 1
  const tasks = taskValues({
    plan,
    people,
    places,
    importerId: db.access.memberId,
    now: now.toString(),
    converted,
    keepProjectNames,
  })
  const comments = [...plan.comments, ...tasks.overflows.map(overflow => ({ ...overflow, authorName: 'Import' }))]
  let done = 0
  const write = async <T>(rows: readonly T[], insert: (batch: readonly T[]) => Promise<void>, counts = true) => {
    for (const batch of batchesOf(rows)) {
      await insert(batch)
      if (counts) done += batch.length
      await onBatch(done)
    }
    return rows.length
  }

  // The tasks are numbered in the order of the file, where a subtask may stand above its parent.
  await sql`set constraints task_parent_id_fkey deferred`.execute(database)
  report.created.tasks = await write(tasks.rows, batch => db.insert('task', batch))
  const tagLinks = plan.tasks.flatMap(({ ref, tagRefs }) =>
    [...new Set(tagRefs.map(tag => tags.idOf.get(tag)!))].map(tag => ({ task_id: tasks.ids.get(ref)!, tag_id: tag })),
  )
  await write(tagLinks, batch => db.link('task_tag', batch), false)
  const viewers = plan.tasks.flatMap(({ ref, viewerRefs, assigneeRef }) => {
    const found = new Set(viewerRefs.flatMap(viewer => people.memberOf(viewer) ?? []))
    found.delete(people.memberOf(assigneeRef) ?? '')
    return [...found].map(member => ({ task_id: tasks.ids.get(ref)!, member_id: member }))
  })
  report.created.viewers = await write(viewers, batch => db.link('task_viewer', batch), false)
  const commentRows = commentValues(comments, { ids: tasks.ids, people, now: now.toString(), converted })
  report.created.comments = await write(commentRows, batch => db.insert('comment', batch))
  const projectOf = new Map(tasks.rows.map(({ id, project_id }) => [id, project_id]))
  const timeRows = timeValues(plan, people, gatherNotes(report.notTaken)).map(({ taskRef, ...entry }) => {
    const id = tasks.ids.get(taskRef)!
    return { id: uuid7(), ...entry, task_id: id, project_id: projectOf.get(id)! }
  })
  report.created.timeEntries = await write(timeRows, batch => db.insert('time_entry', batch))
  Object.assign(report.created, { projects: places.created, tags: tags.created, links: plan.attachments.length })
  report.reused = { projects: places.reused, tags: tags.reused }
  return report
}

type CommentContext = { ids: Map<string, string>; people: People; now: string; converted: Notes }

/** A task's comments are shown by id, so the ids are made in the order of the dates. */
function commentValues(
  comments: readonly (Omit<ImportPlan['comments'][number], 'personRef'> & { personRef?: string })[],
  context: CommentContext,
) {
  const { ids, people, now, converted } = context
  const dated = comments.map(comment => ({ ...comment, createdAt: comment.createdAt ?? now }))
  return dated
    .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
    .map(({ taskRef, personRef, authorName, body, createdAt }) => {
      const author = people.memberOf(personRef)
      const why = "Nobody here has this address or name: they carry the name without being anybody's."
      if (!author && personRef) converted.add({ what: `Comments of "${people.nameOf(personRef)}"`, why })
      return {
        id: uuid7(),
        task_id: ids.get(taskRef)!,
        author_id: author ?? null,
        author_name: author ? '' : authorName,
        body,
        created_at: createdAt,
        updated_at: createdAt,
      }
    })
}

function timeValues({ timeEntries }: ImportPlan, people: People, notTaken: Notes) {
  return timeEntries.flatMap(({ taskRef, personRef, startedAt, durationSeconds, note }) => {
    const member = people.memberOf(personRef)
    if (!member) {
      const of = personRef ? ` of "${people.nameOf(personRef)}"` : ''
      notTaken.add({
        what: `Time entries${of}`,
        why: 'Time belongs to a member, and nobody here has this address or name.',
      })
      return []
    }
    const ended = Temporal.Instant.from(startedAt).add({ seconds: durationSeconds })
    return [{ taskRef, member_id: member, started_at: startedAt, ended_at: ended.toString(), note }]
  })
}
