import type { RowCells } from './csv-cells.ts'
import { type Draft, draftRow, type RowContext } from './csv-draft.ts'

/** The tasks of the rows. In Todoist's files a row may also be a section, or a note on the task above it. */
export function* draftRows(rows: RowCells[], context: RowContext): Generator<Draft> {
  registerPeople(rows, context)
  let section = ''
  let last: Draft | undefined
  const levels: Draft[] = []
  for (const cells of rows) {
    const type = cells.first('rowType').toLowerCase()
    if (type === 'section') section = cells.first('title')
    else if (type === 'note') addNote(cells, last, context)
    else if (type === 'meta') noteMeta(cells, context)
    else if (type !== '' && type !== 'task' && context.tool.tool === 'todoist') {
      const message = `"${type}" is no kind of row: task, section or note.`
      context.build.problem({ row: cells.row, column: 'TYPE', message })
    } else {
      const [draft, ...subtasks] = draftRow(cells, section, context)
      if (!draft) continue
      const indent = Math.max(1, Math.trunc(Number(cells.first('indent'))) || 1)
      draft.parentRef = levels[Math.min(indent - 2, levels.length - 1)]?.ref
      levels.splice(Math.min(indent - 1, levels.length), levels.length, draft)
      last = draft
      yield draft
      yield* subtasks
    }
  }
}

/** All people first, so that a comment or a mention that holds only an account id finds its name. */
function registerPeople(rows: RowCells[], { build }: RowContext): void {
  for (const cells of rows) {
    for (const target of ['assignee', 'creator', 'viewers'] as const) {
      for (const who of cells.people(target)) build.people.ref(who)
    }
  }
}

function addNote(cells: RowCells, task: Draft | undefined, { build }: RowContext): void {
  const { row } = cells
  const body = [cells.first('title'), cells.first('description')].filter(Boolean).join('\n\n')
  if (!task) {
    build.problem({ row, message: 'A note stands above the first task.' })
    return
  }
  const personRef = build.people.ref(cells.people('creator')[0] ?? {})
  build.comment({ taskRef: task.ref, personRef, authorName: build.people.name(personRef), body }, { row, message: '' })
}

function noteMeta({ row }: RowCells, { build }: RowContext): void {
  build.notTaken.add({
    what: 'Rows of settings ("meta")',
    why: 'They set how Todoist shows the project.',
    where: `row ${row}`,
  })
}
