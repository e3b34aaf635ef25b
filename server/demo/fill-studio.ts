import { uuid7 } from '#server/crypto/uuid7.ts'
import type { Writer } from '#server/database/door.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { fillFiles } from '#server/demo/fill-files.ts'
import { fillTasks, moveTasks } from '#server/demo/fill-tasks.ts'
import { fillTime } from '#server/demo/fill-time.ts'
import { comments, everybody, type ProjectName, projects, type TagName, tags, type Who } from '#server/demo/studio.ts'
import type { Services } from '#server/services.ts'

/** What the parts of the demo work with. `as` runs a transaction in the name of a person, so that the audit shows who. */
export type Studio = {
  services: Services
  workspace: WorkspaceAddress
  memberOf: Record<Who, string>
  tagOf: Record<TagName, string>
  projectOf: Record<ProjectName, string>
  /** By title. */
  taskOf: Map<string, { id: string; projectId: string }>
  as: <T>(who: Who, work: (db: Writer) => Promise<T>) => Promise<T>
  /** An instant so many days ago, at a time of day in Brussels. */
  ago: (days: number, time?: string) => string
}

/** Fills the demo workspace as its people would have: each does their own part, step by step. */
export async function fillStudio(
  services: Services,
  workspace: WorkspaceAddress,
  memberOf: Record<Who, string>,
): Promise<void> {
  const studio: Studio = {
    services,
    workspace,
    memberOf,
    tagOf: idsFor(tags),
    projectOf: idsFor(projects),
    taskOf: new Map(),
    as: (who, work) =>
      services.workspaces.transact(workspace, { memberId: memberOf[who] }, { requestId: uuid7() }, work),
    ago: (days, time = '10:00') =>
      services.clock
        .today()
        .subtract({ days })
        .toZonedDateTime({ timeZone: 'Europe/Brussels', plainTime: time })
        .toInstant()
        .toString(),
  }
  await fillProjects(studio)
  await fillTasks(studio)
  await fillComments(studio, await fillRounds(studio))
  await fillTime(studio)
  await fillFiles(studio)
  await fillViews(studio)
  const archived = everybody[0]!
  await studio.as(archived, async db => {
    const done = db.update('project', 'write').set({ archived_at: studio.ago(40) })
    await done.where('project.id', '=', studio.projectOf.report).execute()
  })
}

function idsFor<K extends string>(names: Record<K, unknown>): Record<K, string> {
  return Object.fromEntries(Object.keys(names).map(name => [name, uuid7()])) as Record<K, string>
}

async function fillProjects({ as, tagOf, projectOf, memberOf, ago }: Studio): Promise<void> {
  await as('ada', async db => {
    for (const [name, color] of Object.entries(tags))
      await db.insert('tag', { id: tagOf[name as TagName], name, color })
  })
  for (const [name, project] of Object.entries(projects)) {
    const { key, name: title, description, by } = project
    const id = projectOf[name as ProjectName]
    const members = 'members' in project ? project.members : undefined
    await as(by, async db => {
      await db.insert('project', {
        id,
        key,
        name: title,
        description,
        private: members !== undefined,
        creator_id: memberOf[by],
        created_at: ago('archived' in project ? 95 : 60),
      })
      const named = members ?? (key === 'KAAP' ? (['pieter'] as const) : [])
      await db.link(
        'project_member',
        named.map(who => ({ project_id: id, member_id: memberOf[who] })),
      )
    })
  }
}

/** The tasks move on in rounds, with a part of the comments between them. Returns the comments that are left. */
async function fillRounds(studio: Studio): Promise<typeof comments> {
  const ordered = comments.toSorted((a, b) => b.daysAgo - a.daysAgo)
  const part = Math.ceil(ordered.length / 3)
  for (const round of [0, 1]) {
    await moveTasks(studio, round)
    await fillComments(studio, ordered.slice(round * part, (round + 1) * part))
  }
  await moveTasks(studio, 2)
  return ordered.slice(2 * part)
}

async function fillComments({ as, taskOf, memberOf, ago }: Studio, some: typeof comments): Promise<void> {
  const rows = some.map(({ on, by, daysAgo, body }, index) => {
    const at = ago(daysAgo, `${String(9 + (index % 8)).padStart(2, '0')}:${String((index * 17) % 60).padStart(2, '0')}`)
    const row = {
      id: uuid7(),
      task_id: taskOf.get(on)!.id,
      author_id: memberOf[by],
      body,
      created_at: at,
      updated_at: at,
    }
    return { by, row }
  })
  for (const [by, theirs] of Map.groupBy(rows, ({ by }) => by))
    await as(by, db =>
      db.insert(
        'comment',
        theirs.map(({ row }) => row),
      ),
    )
}

async function fillViews({ as, memberOf, projectOf }: Studio): Promise<void> {
  const view = (who: Who, name: string, shared: boolean, layout: 'list' | 'board', filters: object) =>
    as(who, db =>
      db.insert('view', {
        id: uuid7(),
        member_id: memberOf[who],
        name,
        shared,
        layout,
        filters: JSON.stringify(filters),
      }),
    )
  await view('ada', 'My open work', false, 'list', { assignee: 'me', status: 'todo,doing,review', sort: 'due' })
  await view('ada', 'Late', true, 'list', { due: 'overdue', sort: 'due' })
  await view('joris', 'De Kaap board', true, 'board', { project: projectOf.kaap })
  await view('joris', 'Waiting for review', true, 'list', { status: 'review' })
}
