import {
  type ImportPlan,
  type ImportProblem,
  type ImportTool,
  importLimits,
  type PlannedComment,
  type PlannedTask,
  type PlannedTimeEntry,
} from '../import-plan.ts'
import { cleanLine, cleanText, cutText, findBadCharacter, splitText } from './clean-text.ts'
import { composeDescription, type DescriptionParts } from './compose-description.ts'
import { gatherNotes, type Notes } from './notes.ts'
import { gatherPeople, type People } from './people.ts'
import { gatherTags, type Tags } from './tags.ts'

export type TaskDraft = Omit<PlannedTask, 'description' | 'position'> & DescriptionParts

export type PlanBuilder = {
  plan: ImportPlan
  people: People
  tags: Tags
  converted: Notes
  notTaken: Notes
  problem(problem: ImportProblem): void
  project(project: { name: string; description?: string; key?: string }): string
  task(draft: TaskDraft): void
  comment(comment: PlannedComment, where: ImportProblem): void
  timeEntry(entry: PlannedTimeEntry): void
}

/** Collects a plan: keeps every text within Kontor's limits, and says in the plan what it had to change for that. */
export function planBuilder(tool: ImportTool): PlanBuilder {
  const plan = emptyPlan(tool)
  const converted = gatherNotes(plan.converted)
  const projects = new Map<string, string>()
  const positions = new Map<string, number>()
  let full = false
  const problem = (found: ImportProblem) => {
    if (plan.problems.length < importLimits.problemsListed) plan.problems.push(found)
  }
  const check = (text: string, where: ImportProblem) => {
    const bad = findBadCharacter(text)
    if (bad) problem({ ...where, message: bad })
  }

  const comment: PlanBuilder['comment'] = (draft, where) => {
    check(draft.body, where)
    const body = cleanText(draft.body).trim()
    if (body === '') return
    const pieces = splitText(body, importLimits.text)
    const what = 'Comments longer than 100,000 characters'
    if (pieces.length > 1) converted.add({ what, why: 'Each is split into several comments.', where: where.where })
    const authorName = cutText(cleanLine(draft.authorName), importLimits.personName)
    for (const piece of pieces) plan.comments.push({ ...draft, authorName, body: piece })
  }

  return {
    plan,
    people: gatherPeople(plan.people),
    tags: gatherTags(plan.tags, converted),
    converted,
    notTaken: gatherNotes(plan.notTaken),
    problem,
    comment,

    project({ name, description = '', key }) {
      const full = cleanLine(name) || 'Import'
      check(full, { where: `project "${full}"`, message: '' })
      const known = projects.get(full)
      if (known) return known
      const ref = `project:${projects.size + 1}`
      projects.set(full, ref)
      const cut = full.length > importLimits.projectName
      if (cut) converted.add({ what: 'Project names longer than 200 characters', why: cutName, where: full })
      const text = cleanText(cut ? `${full}\n\n${description}` : description).trim()
      plan.projects.push({
        ref,
        name: cutText(full, importLimits.projectName),
        description: cutText(text, importLimits.text),
        ...(key && /^[A-Z][A-Z0-9]{0,9}$/.test(key) ? { key } : {}),
      })
      return ref
    },

    task({ text, checklists, fields, links, origin, ...draft }) {
      if (plan.tasks.length === importLimits.tasks) {
        if (!full)
          problem({ ...place(draft), message: `The file holds more than ${importLimits.tasks} tasks: split it.` })
        full = true
        return
      }
      const where = describe(draft)
      check(draft.title, { ...place(draft), message: '' })
      const parts = { text, checklists, fields: [...fields], links, origin }
      const title = cleanLine(draft.title)
      if (title === '') return problem({ ...place(draft), message: 'The task has no title.' })
      if (title.length > importLimits.title) {
        parts.text = `${cleanText(draft.title).trim()}\n\n${text}`
        const why = 'Cut; the whole title stands at the top of the description.'
        converted.add({ what: 'Titles longer than 500 characters', why, where })
      }
      if (draft.startOn && draft.dueOn && draft.startOn > draft.dueOn) {
        parts.fields.push({ name: 'Start date', value: draft.startOn })
        const why = 'Kontor keeps them in order: the start became a line of the "Fields" table.'
        converted.add({ what: 'Start dates after the due date', why, where })
        draft.startOn = undefined
      }
      if ((draft.estimateSeconds ?? 0) > importLimits.estimateSeconds) {
        parts.fields.push({ name: 'Estimate', value: `${draft.estimateSeconds} seconds` })
        converted.add({
          what: 'Estimates longer than ten years',
          why: 'They became lines of the "Fields" table.',
          where,
        })
        draft.estimateSeconds = undefined
      }
      noteShapes(converted, parts, where)
      const whole = composeDescription(parts)
      check(whole, { ...place(draft), message: '' })
      const [description = '', ...rest] = splitText(whole, importLimits.text)
      const position = positions.get(draft.projectRef) ?? 0
      positions.set(draft.projectRef, position + 1)
      const closed = draft.status === 'done' || draft.status === 'cancelled'
      plan.tasks.push({
        ...draft,
        title: cutText(title, importLimits.title),
        description: description.trimEnd(),
        position,
        closedAt: closed ? draft.closedAt : undefined,
        viewerRefs: [...new Set(draft.viewerRefs)].filter(ref => ref !== draft.assigneeRef),
        tagRefs: [...new Set(draft.tagRefs)],
      })
      for (const { name, url } of links) plan.attachments.push({ taskRef: draft.ref, name: cleanLine(name), url })
      const what = 'Descriptions longer than 100,000 characters'
      if (rest.length > 0) converted.add({ what, why: 'The rest became comments.', where })
      for (const body of rest) comment({ taskRef: draft.ref, authorName: 'Import', body }, place(draft))
    },

    timeEntry(entry) {
      plan.timeEntries.push({ ...entry, note: cutText(cleanText(entry.note), importLimits.timeNote) })
    },
  }
}

export function emptyPlan(tool: ImportTool, problems: ImportProblem[] = []): ImportPlan {
  const empty = { projects: [], tasks: [], comments: [], attachments: [], tags: [], people: [], timeEntries: [] }
  return { tool, ...empty, converted: [], notTaken: [], problems }
}

const cutName = 'Cut; the whole name stands in the description of the project.'

function noteShapes(converted: Notes, parts: DescriptionParts, where: string): void {
  const inDescription = 'They stand in the description of their task.'
  for (const { items } of parts.checklists) {
    const why = 'They became Markdown checklists in the description of their task.'
    if (items.length > 0) converted.add({ what: 'Checklists', why, where })
    if (items.length > 0) converted.add({ what: 'Checklist items', why: inDescription, where, count: items.length })
  }
  for (const { name } of parts.fields) {
    converted.add({ what: `Field "${cleanLine(name)}"`, why: 'It became a line of the "Fields" table.', where })
  }
  const why = 'They became links in the description: Kontor fetches no file from another place during an import.'
  if (parts.links.length > 0) converted.add({ what: 'Attachments and links', why, where, count: parts.links.length })
}

function describe({ source, title }: Pick<PlannedTask, 'source' | 'title'>): string {
  return source.row === undefined ? `"${cutText(cleanLine(title), 60)}"` : `row ${source.row}`
}

function place(draft: Pick<PlannedTask, 'source' | 'title'>): ImportProblem {
  const { row } = draft.source
  return row === undefined ? { where: describe(draft), message: '' } : { row, message: '' }
}
