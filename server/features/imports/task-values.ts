import { uuid7 } from '#server/crypto/uuid7.ts'
import { addFields, type Field } from '#server/features/imports/formats/compose-description.ts'
import type { Notes } from '#server/features/imports/formats/notes.ts'
import { type ImportPlan, importLimits, type PlannedTask } from '#server/features/imports/import-plan.ts'
import type { People } from '#server/features/imports/match-people.ts'
import type { Places } from '#server/features/imports/place-projects.ts'

type Context = {
  plan: ImportPlan
  people: People
  places: Places
  /** The member in whose name the import runs. */
  importerId: string
  now: string
  converted: Notes
  /** Whether the tasks go into another project than the file says. */
  keepProjectNames: boolean
}

const gap = 1024

/** The rows of the plan's tasks, in its order, with the ids that its refs stand for. */
export function taskValues(context: Context) {
  const { plan, people, places, importerId, now } = context
  const ids = new Map(plan.tasks.map(({ ref }) => [ref, uuid7()]))
  const positions = new Map(places.lastPosition)
  const overflows: { taskRef: string; body: string }[] = []
  const rows = plan.tasks.map(task => {
    const projectId = places.idOf.get(task.projectRef)!
    const position = (positions.get(projectId) ?? 0) + gap
    positions.set(projectId, position)
    const fields = fieldsOf(task, context)
    const whole = addFields(task.description, fields)
    const fits = whole.length <= importLimits.text
    if (!fits) overflows.push({ taskRef: task.ref, body: addFields('', fields) })
    return {
      id: ids.get(task.ref)!,
      project_id: projectId,
      // The trigger numbers the tasks of a project in this order.
      number: 0,
      title: task.title,
      description: fits ? whole : task.description,
      status: task.status,
      priority: task.priority,
      creator_id: task.creatorRef ? (people.memberOf(task.creatorRef) ?? null) : importerId,
      assignee_id: people.memberOf(task.assigneeRef) ?? null,
      parent_id: task.parentRef ? ids.get(task.parentRef)! : null,
      start_on: task.startOn ?? null,
      due_on: task.dueOn ?? null,
      estimate_seconds: task.estimateSeconds ?? null,
      position,
      created_at: task.createdAt ?? now,
      closed_at: task.closedAt ?? null,
    }
  })
  return { ids, rows, overflows }
}

/** What finds no place of its own is kept as a field, and said. */
function fieldsOf(task: PlannedTask, { plan, people, converted, keepProjectNames }: Context): Field[] {
  const where = task.source.row === undefined ? `"${task.title.slice(0, 60)}"` : `row ${task.source.row}`
  const unknown = (ref: string | undefined) => (ref && !people.memberOf(ref) ? [people.nameOf(ref)] : [])
  const asField = (name: string, values: string[]) => {
    for (const value of values) converted.add({ what: `${name} "${value}"`, why: noMember, where })
    return values.length > 0 ? [{ name, value: values.join(', ') }] : []
  }
  const closed = task.status === 'done' || task.status === 'cancelled'
  if (closed && !task.closedAt)
    converted.add({ what: 'Closed tasks', why: 'The file does not say since when: they count as closed now.', where })
  const project = keepProjectNames ? plan.projects.find(({ ref }) => ref === task.projectRef) : undefined
  if (project) converted.add({ what: `Project "${project.name}"`, why: otherProject, where })
  return [
    ...asField('Assignee', unknown(task.assigneeRef)),
    ...asField('Viewer', task.viewerRefs.flatMap(unknown)),
    ...asField('Creator', unknown(task.creatorRef)),
    ...(project ? [{ name: 'Project', value: project.name }] : []),
  ]
}

const noMember = 'Nobody here has this address or name: it became a line of the "Fields" table.'
const otherProject = 'All tasks went into the chosen project: the name became a line of the "Fields" table.'
