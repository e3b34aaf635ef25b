import { type TaskStatus, taskStatuses } from '../import-plan.ts'
import type { Field } from './compose-description.ts'
import { instantOf } from './csv-dates.ts'
import { homeZone, type ReadDate, readDate } from './dates.ts'
import { type Json, type JsonObject, listOf, objectOf, saysSomething, stringOf } from './json.ts'
import type { PlanBuilder, TaskDraft } from './plan-builder.ts'
import { readStatus } from './status-words.ts'

export type AsanaContext = { build: PlanBuilder; fallbackProject: string; taken: Set<string> }

/** One task of Asana; undefined where the file holds it a second time. */
export function draftAsanaTask(
  task: JsonObject,
  { build, fallbackProject, taken, parentRef, projectRef }: AsanaContext & { parentRef?: string; projectRef?: string },
): TaskDraft | undefined {
  const gid = stringOf(task.gid)
  if (taken.has(gid)) return undefined
  taken.add(gid)
  const where = `task "${stringOf(task.name).slice(0, 60)}"`
  const date = (key: string) => readDay(task[key], key, { build, where })
  const projects = projectsOf(task)
  for (const { name } of projects.slice(1)) {
    const why = 'A task has one project: the first one. The others became tags.'
    build.converted.add({ what: `Further project "${name}"`, why, where })
  }
  const sections = projects
    .map(({ section }) => section)
    .filter(section => section && !/^\(?(no|untitled) section\)?$/i.test(section))
  const status = statusOf(task, sections, { build, where })
  const tagNames = [
    ...listOf(task.tags).map(({ name }) => stringOf(name)),
    ...projects.slice(1).map(({ name }) => name),
  ]
  const own = projects[0] && build.project({ name: projects[0].name })
  const url = stringOf(task.permalink_url)
  addStories(task, gid, build)
  noteLeft(task, where, build)
  return {
    ref: `asana:${gid}`,
    projectRef: own ?? projectRef ?? build.project({ name: fallbackProject }),
    parentRef,
    title: stringOf(task.name),
    text: stringOf(task.notes) || stringOf(task.html_notes).replace(/<[^>]*>/g, ''),
    checklists: [],
    fields: fieldsOf(task),
    links: attachmentsOf(task),
    origin: url ? { name: 'The task in Asana', url } : undefined,
    status: status.status,
    priority: 'none',
    creatorRef: build.people.ref(whoOf(task.created_by)),
    assigneeRef: build.people.ref(whoOf(task.assignee)),
    viewerRefs: listOf(task.followers).flatMap(follower => build.people.ref(whoOf(follower)) ?? []),
    tagRefs: [...tagNames, ...status.tags].flatMap(name => build.tags.ref(name) ?? []),
    startOn: (date('start_on') ?? date('start_at'))?.day,
    dueOn: (date('due_on') ?? date('due_at'))?.day,
    createdAt: instantOf(date('created_at')),
    closedAt: instantOf(date('completed_at')),
    archived: false,
    source: { id: gid, url: url || undefined },
  }
}

function whoOf(value: Json | undefined) {
  const { gid, name, email } = objectOf(value)
  return { id: stringOf(gid), name: stringOf(name), email: stringOf(email) }
}

function projectsOf(task: JsonObject): { name: string; section: string }[] {
  const memberships = listOf(task.memberships).map(({ project, section }) => {
    return { name: stringOf(objectOf(project).name), section: stringOf(objectOf(section).name) }
  })
  const more = listOf(task.projects).map(({ name }) => ({ name: stringOf(name), section: '' }))
  const seen = new Set<string>()
  return [...memberships, ...more].filter(({ name }) => name !== '' && !seen.has(name) && seen.add(name))
}

/** A task in a backlog and in a sprint has two sections: the one further along is its status, the other a tag. */
function statusOf(
  task: JsonObject,
  sections: string[],
  { build, where }: { build: PlanBuilder; where: string },
): { status: TaskStatus; tags: string[] } {
  if (task.completed === true || saysSomething(task.completed_at)) return { status: 'done', tags: sections }
  const named = sections.filter(section => readStatus(section)?.exact).toSorted((a, b) => progress(b) - progress(a))[0]
  const status = named === undefined ? 'todo' : readStatus(named)!.status
  if (named) build.converted.add({ what: `Section "${named}"`, why: `It became the status "${status}".`, where })
  return { status, tags: sections.filter(section => section !== named) }
}

function progress(section: string): number {
  return taskStatuses.indexOf(readStatus(section)?.status ?? 'backlog')
}

function readDay(
  value: Json | undefined,
  column: string,
  { build, where }: { build: PlanBuilder; where: string },
): ReadDate | undefined {
  const text = stringOf(value)
  if (text === '') return undefined
  const date = readDate(text, { order: 'dmy', zone: homeZone })
  if (!date) build.problem({ where, column, message: `"${text.slice(0, 60)}" is no date that Kontor can read.` })
  return date
}

function fieldsOf(task: JsonObject): Field[] {
  const custom = listOf(task.custom_fields).map(({ name, display_value }) => ({
    name: stringOf(name),
    value: stringOf(display_value),
  }))
  const links = (['dependencies', 'dependents'] as const).flatMap(key =>
    listOf(task[key]).map(other => ({
      name: key === 'dependencies' ? 'Blocked by' : 'Blocking',
      value: stringOf(other.name) || stringOf(other.gid),
    })),
  )
  return [...custom, ...links].filter(({ value }) => value !== '')
}

function attachmentsOf(task: JsonObject) {
  return listOf(task.attachments).map(({ name, view_url, permanent_url, download_url }) => ({
    name: stringOf(name),
    url: stringOf(permanent_url) || stringOf(view_url) || stringOf(download_url),
  }))
}

function addStories(task: JsonObject, gid: string, build: PlanBuilder): void {
  for (const story of listOf(task.stories)) {
    if (story.type !== 'comment' && story.resource_subtype !== 'comment_added') {
      build.notTaken.add({ what: 'Activity other than comments', why: 'Kontor keeps its own audit log.' })
      continue
    }
    const personRef = build.people.ref(whoOf(story.created_by))
    const createdAt = instantOf(readDate(stringOf(story.created_at), { order: 'dmy', zone: homeZone }))
    const comment = {
      taskRef: `asana:${gid}`,
      personRef,
      authorName: build.people.name(personRef),
      body: stringOf(story.text),
    }
    build.comment({ ...comment, createdAt }, { where: `comment on task ${gid}`, message: '' })
  }
}

function noteLeft(task: JsonObject, where: string, { notTaken }: PlanBuilder): void {
  const likes = listOf(task.likes).length || listOf(task.hearts).length
  if (likes > 0) notTaken.add({ what: 'Likes', why: 'Kontor has no place for them.', where, count: likes })
  for (const [key, value] of Object.entries(task)) {
    if (known.has(key) || !saysSomething(value)) continue
    notTaken.add({ what: `"${key.slice(0, 60)}" of a task`, why: 'Kontor has no place for it.', where })
  }
}

/** Read above, or repeats and internals that say nothing more. */
const known: ReadonlySet<string> = new Set(
  `gid assignee completed completed_at created_at created_by due_at due_on followers hearted hearts liked likes memberships
  name notes html_notes num_hearts num_likes num_subtasks parent permalink_url projects resource_type resource_subtype start_at
  start_on subtasks tags workspace custom_fields attachments stories dependencies dependents`.split(/\s+/),
)
