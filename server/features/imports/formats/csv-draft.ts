import { type RowCells, splitList } from './csv-cells.ts'
import { draftComments } from './csv-comments.ts'
import { readRowDates } from './csv-dates.ts'
import { readRowFields } from './csv-fields.ts'
import type { CsvMapping } from './csv-mapping.ts'
import { readRowProjects } from './csv-projects.ts'
import { readRowStatus } from './csv-status.ts'
import type { CsvTool } from './csv-tools.ts'
import { readAttachments, readChecklists, readText } from './csv-values.ts'
import { readDuration, unitOfHeader } from './durations.ts'
import type { PlanBuilder, TaskDraft } from './plan-builder.ts'
import { readPriority } from './priority-words.ts'

export type RowContext = { build: PlanBuilder; mapping: CsvMapping; tool: CsvTool; zone: string }

/** A task on its way: its parent is still a name or a key, and its project may come from its parent. */
export type Draft = TaskDraft & { parentNames: { header: string; text: string }[]; ownProject: boolean }

/** The task of a row, then the subtasks that one of its cells lists. */
export function draftRow(cells: RowCells, sectionAbove: string, context: RowContext): Draft[] {
  const { build, tool, mapping } = context
  const { row } = cells
  const ref = `row:${row}`
  const { title, labels } = readTitle(cells.first('title'), tool)
  const dates = readRowDates(cells, context)
  const projects = readRowProjects(cells, context)
  const status = readRowStatus(cells, { ...context, section: projects.section || sectionAbove, closed: dates.closedAt })
  const { text, checklist } = readText(cells.first('description'), build, tool)
  const assignees = cells.people('assignee').flatMap(who => build.people.ref(who) ?? [])
  const viewers = cells.people('viewers').flatMap(who => build.people.ref(who) ?? [])
  if (assignees.length > 1) noteAssignees(context, row, assignees.length - 1)
  const [creatorRef] = cells.people('creator').flatMap(who => build.people.ref(who) ?? [])
  const tags = cells
    .of('tags')
    .flatMap(cell => splitList(cell.text, mapping.tool))
    .map(name => readTag(name, tool))
  const attachments = cells.of('attachment').flatMap(cell => readAttachments(cell.text))
  const urls = cells.of('url').map(({ header, text: url }) => ({ name: header, url }))
  const id = cells.first('id')
  const draft: Draft = {
    ref,
    projectRef: projects.ref,
    ownProject: projects.own,
    title,
    text,
    checklists: [
      ...checklist,
      ...cells.of('checklist').flatMap(({ header, text: cell }) => readChecklists(header, cell)),
    ],
    fields: [...readRowFields(cells, context), ...dates.fields, ...status.fields],
    links: [...urls.slice(1), ...attachments],
    origin: urls[0],
    status: status.status,
    priority: readRowPriority(cells, context),
    creatorRef,
    assigneeRef: assignees[0],
    viewerRefs: [...assignees.slice(1), ...viewers],
    tagRefs: [...labels, ...tags, ...projects.tags, ...status.tags].flatMap(name => build.tags.ref(name) ?? []),
    startOn: dates.startOn,
    dueOn: dates.dueOn,
    estimateSeconds: readEstimate(cells, context),
    createdAt: dates.createdAt,
    closedAt: dates.closedAt,
    archived: false,
    source: { row, id: id || undefined, key: cells.first('key') || undefined, url: urls[0]?.url },
    parentNames: cells.of('parent').map(({ header, text: name }) => ({ header, text: name })),
  }
  draftComments(cells, draft, context)
  return [draft, ...draftSubtasks(cells, draft, context)]
}

function draftSubtasks(cells: RowCells, parent: Draft, { mapping }: RowContext): Draft[] {
  const titles = cells.of('subtasks').flatMap(({ text }) => splitList(text, mapping.tool))
  return titles.map((title, index) => ({
    ...parent,
    ...{
      ref: `${parent.ref}.${index + 1}`,
      title,
      text: '',
      checklists: [],
      fields: [],
      links: [],
      origin: undefined,
      parentNames: [],
    },
    ...{ priority: 'none', creatorRef: undefined, assigneeRef: undefined, viewerRefs: [], tagRefs: [] },
    ...{ startOn: undefined, dueOn: undefined, estimateSeconds: undefined },
    source: { row: parent.source.row },
    parentRef: parent.ref,
  }))
}

/** Todoist writes labels into the title: `Fix the tap @house`. */
function readTitle(text: string, { tool }: CsvTool): { title: string; labels: string[] } {
  if (tool !== 'todoist') return { title: text, labels: [] }
  const labels = [...text.matchAll(/(?<=^|\s)@([\p{L}\p{N}_\-/]+)(?=\s|$)/gu)].map(found => found[1]!)
  const bare = text.replace(/(?<=^|\s)@[\p{L}\p{N}_\-/]+(?=\s|$)/gu, '').trim()
  return { title: (bare || text).replace(/^\* (?=\S)/, ''), labels }
}

/** Trello's CSV adds the colour: `Research (yellow)`. */
function readTag(name: string, { tool }: CsvTool): string {
  return tool === 'trello' && name.length < 500 ? name.replace(/\s*\([a-z_]+\)$/, '') : name
}

function readRowPriority(cells: RowCells, { mapping }: RowContext) {
  const word = cells.first('priority')
  return mapping.priorities.find(({ from }) => from === word)?.to ?? readPriority(word) ?? 'none'
}

function readEstimate(cells: RowCells, { tool, build }: RowContext): number | undefined {
  const [cell] = cells.of('estimate')
  if (!cell) return undefined
  const seconds = readDuration(cell.text, tool.durationUnit ?? unitOfHeader(cell.header))
  if (seconds === undefined) {
    build.problem({ row: cells.row, column: cell.header, message: `"${cell.text.slice(0, 60)}" is no duration.` })
  }
  return seconds || undefined
}

function noteAssignees({ build }: RowContext, row: number, count: number): void {
  const why = 'A task has one assignee: the first one. The others became viewers.'
  build.converted.add({ what: 'Further assignees', why, where: `row ${row}`, count })
}
