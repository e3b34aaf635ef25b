import type { TaskStatus } from '../import-plan.ts'
import { foldText } from './clean-text.ts'
import type { Field } from './compose-description.ts'
import type { RowCells } from './csv-cells.ts'
import type { RowContext } from './csv-draft.ts'
import { readStatus } from './status-words.ts'

export type RowStatus = { status: TaskStatus; tags: string[]; fields: Field[] }

/** The status of a row: its status column, else that it was closed, else a section that is called like a status. */
export function readRowStatus(
  cells: RowCells,
  { build, mapping, tool, section, closed }: RowContext & { section: string; closed: string | undefined },
): RowStatus {
  const fields: Field[] = []
  const named = /^\(?(no section|untitled section|not sectioned)\)?$/i.test(section) ? '' : section
  const [cell] = cells.of('status')
  if (cell) {
    const to = mapping.statuses.find(({ from }) => from === cell.text)?.to
    const status = to ?? readStatus(cell.text)?.status ?? 'todo'
    build.converted.add({ what: `Status "${cell.text}"`, why: `It became "${status}".`, where: `row ${cells.row}` })
    // A number is a code; a word that is not Kontor's own says more than what it became.
    const keeps = readStatus(cell.text)?.exact !== true && !/^-?\d+$/.test(cell.text)
    if (keeps) fields.push({ name: cell.header, value: cell.text })
    return { status: applyResolution(status, cells, fields), tags: named ? [named] : [], fields }
  }
  const done = closed !== undefined || cells.of('completed').some(({ text }) => isYes(text))
  if (done) return { status: 'done', tags: named ? [named] : [], fields }
  const bySection = readStatus(named)
  if (!bySection?.exact || tool.tool === 'ticktick') return { status: 'todo', tags: named ? [named] : [], fields }
  const why = `It became the status "${bySection.status}".`
  build.converted.add({ what: `Section "${named}"`, why, where: `row ${cells.row}` })
  return { status: bySection.status, tags: [], fields }
}

/** Jira closes what it will not do with the status "Done" and the resolution "Won't Do". */
function applyResolution(status: TaskStatus, cells: RowCells, fields: Field[]): TaskStatus {
  const [cell] = cells.of('resolution')
  if (!cell) return status
  const read = readStatus(cell.text)
  if (read?.status !== 'done' && foldText(cell.text) !== 'unresolved')
    fields.push({ name: cell.header, value: cell.text })
  return status === 'done' && read?.status === 'cancelled' ? 'cancelled' : status
}

function isYes(text: string): boolean {
  return (
    /^(yes|true|y|x|1|ja|oui|vrai|wahr|done|completed?|✓|✔|100 ?%)$/i.test(text) || readStatus(text)?.status === 'done'
  )
}
