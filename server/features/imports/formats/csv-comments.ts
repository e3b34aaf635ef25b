import type { RowCells } from './csv-cells.ts'
import { instantOf } from './csv-dates.ts'
import type { Draft, RowContext } from './csv-draft.ts'
import { wordOf } from './csv-values.ts'
import { readDate } from './dates.ts'
import { writeMarkdown } from './jira-markup.ts'
import { parseCellJson } from './json.ts'

/** The comments and the work log of a row. */
export function draftComments(cells: RowCells, task: Draft, context: RowContext): void {
  const { build } = context
  for (const { header, text } of cells.of('comment')) {
    for (const { who, body, createdAt } of readComments(text, context)) {
      const personRef = who ? build.people.ref(who) : undefined
      const comment = { taskRef: task.ref, personRef, authorName: build.people.name(personRef), body, createdAt }
      build.comment(comment, { row: cells.row, column: header, message: '' })
    }
  }
  for (const { header, text } of cells.of('workLog')) addWorkLog(text, header, { cells, task, context })
}

type ReadComment = { who?: { id?: string; name?: string }; body: string; createdAt?: string }

/** Jira's `date;account;text`, ClickUp's JSON list, else the whole cell is one comment by nobody. */
function readComments(text: string, { build, mapping, tool, zone }: RowContext): ReadComment[] {
  const reading = { order: mapping.dateOrder, zone }
  const json = parseCellJson(text)
  if (Array.isArray(json)) {
    return json.map(item => {
      const entry = (typeof item === 'object' && item !== null ? item : { text: item }) as Record<string, unknown>
      const name = wordOf(entry.by ?? entry.user ?? entry.author)
      const createdAt = instantOf(readDate(wordOf(entry.date), reading))
      return { who: name ? { name } : undefined, body: wordOf(entry.text ?? entry.comment ?? entry), createdAt }
    })
  }
  const jira = /^([^;\n]{6,40});([^;\n]{0,200});(.*)$/s.exec(text)
  const date = jira && readDate(jira[1]!, reading)
  if (!jira || !date) return [{ body: text }]
  const body =
    tool.tool === 'jira' ? writeMarkdown(jira[3]!, id => build.people.name(build.people.ref({ id }))) : jira[3]!
  return [{ who: accountOf(jira[2]!), body, createdAt: instantOf(date) }]
}

/** Jira's `note;date;account;seconds`. */
function addWorkLog(
  text: string,
  column: string,
  { cells, task, context }: { cells: RowCells; task: Draft; context: RowContext },
): void {
  const { build, mapping, zone } = context
  const [, note = '', date = '', account = '', seconds = ''] = /^(.*);([^;]+);([^;]*);(\d+)$/s.exec(text) ?? []
  const startedAt = instantOf(readDate(date, { order: mapping.dateOrder, zone }))
  if (!startedAt) {
    build.problem({ row: cells.row, column, message: `"${text.slice(0, 60)}" is no entry of a work log.` })
    return
  }
  const personRef = build.people.ref(accountOf(account))
  build.timeEntry({ taskRef: task.ref, personRef, startedAt, durationSeconds: Number(seconds), note })
}

/** Jira Cloud writes account ids (24 hexadecimal digits, or a prefix and a UUID), Jira Server user names. */
function accountOf(text: string): { id?: string; name?: string } {
  return /^([0-9a-f]{24}|\w+:[0-9a-f-]{20,}|[0-9a-f-]{36})$/i.test(text) ? { id: text } : { name: text }
}
