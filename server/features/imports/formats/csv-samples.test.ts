import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import type { ImportPlan, PlannedTask } from '../import-plan.ts'
import { planCsv, previewCsv } from './csv.ts'

const read = (name: string) => readFileSync(`tests/fixtures/imports/${name}`)
const task = (plan: ImportPlan, title: string) => plan.tasks.find(one => one.title === title)!
const tagNames = (plan: ImportPlan, { tagRefs }: PlannedTask) =>
  tagRefs.map(ref => plan.tags.find(tag => tag.ref === ref)!.name)
const projectName = (plan: ImportPlan, { projectRef }: PlannedTask) =>
  plan.projects.find(({ ref }) => ref === projectRef)!.name
const count = (plan: ImportPlan) =>
  Object.fromEntries(
    Map.groupBy(plan.tasks, one => one.status)
      .entries()
      .map(([s, l]) => [s, l.length]),
  )

/** The rows of a file as objects, by a reading of its own: repeated headers keep every value. */
function rowsOf(name: string, from = 1): Record<string, string[]>[] {
  const [header = [], ...rows] = parse(read(name), { bom: true, relax_column_count: true, from })
  return rows.map(cells => {
    const row: Record<string, string[]> = {}
    for (const [index, key] of header.entries()) row[key] = [...(row[key] ?? []), cells[index] ?? ''].filter(Boolean)
    return row
  })
}

describe('the Jira export', () => {
  const plan = planCsv(read('jira-planeso-dupcolumns.csv'))
  const rows = rowsOf('jira-planeso-dupcolumns.csv')

  test('every issue arrives with its title, key and status', () => {
    expect(plan.problems).toEqual([])
    expect(plan.tasks.map(({ title }) => title)).toEqual(rows.map(row => row.Summary![0]))
    expect(plan.tasks.map(({ source }) => source.key)).toEqual(rows.map(row => row['Issue key']![0]))
    const words = { 'To Do': 'todo', 'In Progress': 'doing', Done: 'done' } as Record<string, string>
    expect(plan.tasks.map(({ status }) => status)).toEqual(rows.map(row => words[row.Status![0]!]))
    expect(plan.tasks.every(({ priority }) => priority === 'medium')).toBe(true)
    expect(plan.projects).toEqual([{ ref: 'project:1', name: 'TestAutoGen', description: '', key: 'TES' }])
  })

  test('all 17 comments of the three comment columns arrive with their author and time', () => {
    expect(plan.comments).toHaveLength(rows.flatMap(row => row.Comment!).length)
    expect(plan.comments).toHaveLength(17)
    expect(plan.comments.every(({ personRef }) => personRef !== undefined)).toBe(true)
    expect(plan.comments[0]).toMatchObject({ authorName: 'Saicharan Basireddy', createdAt: '2025-09-05T05:24:00.000Z' })
    expect(plan.comments[0]!.body).toMatch(/^@Saicharan Basireddy is working on/)
    expect(plan.comments.some(({ body }) => body.includes('accountid:'))).toBe(false)
  })

  test('watchers become viewers, the sprint a tag, the attachments links', () => {
    expect(plan.people.map(({ name }) => name)).toEqual(['Eric Medlock', 'Saicharan Basireddy', 'Sai Sontineni'])
    for (const [index, row] of rows.entries()) {
      const one = plan.tasks[index]!
      const names = [...one.viewerRefs, one.assigneeRef].map(
        ref => plan.people.find(person => person.ref === ref)?.name,
      )
      expect(names).toEqual(expect.arrayContaining(row.Watchers!))
      expect(tagNames(plan, one)).toEqual(row.Sprint)
    }
    expect(plan.attachments.map(({ name }) => name)).toEqual(
      rows.flatMap(row => row.Attachment!.map(cell => cell.split(';')[2])),
    )
  })

  test('dates are local days and instants of Brussels', () => {
    expect(plan.tasks.filter(({ dueOn }) => dueOn).map(({ source, dueOn }) => [source.key, dueOn])).toEqual([
      ['TES-13', '2025-09-18'],
      ['TES-7', '2025-09-17'],
    ])
    expect(plan.tasks[0]!.createdAt).toBe('2025-09-22T07:26:00.000Z')
    expect(plan.tasks.filter(({ closedAt }) => closedAt)).toHaveLength(rows.filter(row => row.Resolved![0]).length)
  })

  test('what is left out is listed with its count', () => {
    expect(plan.notTaken.map(({ what, count: times }) => [what, times])).toEqual([
      ['Column "Project type"', 22],
      ['Column "Project lead"', 22],
      ['Column "Project lead id"', 22],
      ['Column "Updated"', 22],
      ['Column "Last Viewed"', 2],
      ['Column "Votes"', 22],
      ['Column "Custom field (Rank)"', 22],
      ['Column "Status Category Changed"', 22],
    ])
  })
})

describe('the Asana export', () => {
  const plan = planCsv(read('asana-sample.csv'), undefined, 'asana-sample.csv')

  test('13 tasks arrive, in the two projects that the file names', () => {
    expect(plan.problems).toEqual([])
    expect(plan.tasks.map(({ title }) => title)).toEqual(rowsOf('asana-sample.csv').map(row => row.Name![0]))
    expect(plan.projects.map(({ name }) => name)).toEqual(['Sample', 'Sample2'])
    expect(count(plan)).toEqual({ done: 6, todo: 5, backlog: 2 })
  })

  test('a subtask finds its parent by name and takes its project', () => {
    const parent = task(plan, 'Test task 2 with a link https://google.com')
    for (const title of ['Subtask1', 'Subtask2', 'Subtask3']) {
      expect(task(plan, title)).toMatchObject({ parentRef: parent.ref, projectRef: parent.projectRef })
    }
    expect(plan.tasks.filter(({ parentRef }) => parentRef)).toHaveLength(3)
  })

  test('a second project becomes a tag, a section a status or a tag, and both are said', () => {
    const emoji = task(plan, '💻 Test task 3 with an emoji')
    expect(emoji.status).toBe('backlog')
    expect(projectName(plan, emoji)).toBe('Sample')
    expect(tagNames(plan, emoji)).toEqual(['Sample2'])
    expect(emoji.description).toBe('This one has some notes\nMultiple lines in fact')
    expect(tagNames(plan, task(plan, 'Test task 2 with a link https://google.com'))).toEqual([
      'Tag1',
      'Tag2',
      'Current Focus',
    ])
    const said = plan.converted.map(({ what }) => what)
    expect(said).toEqual(
      expect.arrayContaining(['Further project "Sample2"', 'Section "Maybe Later"', 'Section "New Ideas"']),
    )
  })

  test('an e-mail address without a name still makes an assignee', () => {
    const person = plan.people.find(({ email }) => email === 'person@example.com')!
    expect(task(plan, 'Test task 2 with a link https://google.com').assigneeRef).toBe(person.ref)
  })

  test('three rows with one id are three tasks, and the report says so', () => {
    expect(plan.tasks.filter(({ source }) => source.id === '1244')).toHaveLength(3)
    expect(plan.converted.find(({ what }) => what === 'Ids that several rows share')?.where).toEqual(['1244'])
    expect(plan.notTaken).toEqual([
      { what: 'Column "Last Modified"', why: 'The mapping leaves it out.', count: 13, where: [] },
    ])
  })
})

describe('the ClickUp file', () => {
  const plan = planCsv(read('clickup-import-sample.csv'))

  test('subtasks and lists in one cell come apart', () => {
    expect(plan.problems).toEqual([])
    expect(plan.tasks).toHaveLength(6 + 3)
    const parent = task(plan, 'Test task 2 with a link https://google.com')
    expect(plan.tasks.filter(({ parentRef }) => parentRef === parent.ref).map(({ title }) => title)).toEqual([
      'Subtask1',
      'Subtask2',
      'Subtask3',
    ])
    expect(tagNames(plan, parent)).toEqual(['Tag1', 'Tag2', 'Current Focus'])
    const emoji = task(plan, '💻 Test task 3 with an emoji')
    expect([projectName(plan, emoji), tagNames(plan, emoji)]).toEqual(['Sample', ['Sample2', 'Maybe Later']])
    expect(count(plan)).toEqual({ done: 2, todo: 7 })
    expect(plan.notTaken).toEqual([])
  })
})

describe('the TickTick backup', () => {
  const plan = planCsv(read('ticktick-v72-backup.csv'))
  const rows = rowsOf('ticktick-v72-backup.csv', 4)

  test('the lines above the header are skipped and explain the status codes', () => {
    expect(plan.problems).toEqual([])
    expect(plan.tasks.map(({ title }) => title)).toEqual(rows.map(row => row.Title![0]))
    expect(plan.tasks.map(({ status }) => status)).toEqual(rows.map(row => (row.Status![0] === '2' ? 'done' : 'todo')))
    expect(plan.projects.map(({ name }) => name)).toEqual(['To-Read', 'Buy', 'Chores'])
    expect(task(plan, 'Water the plants').description).toBe('Remember the ones on the balcony too')
    expect(task(plan, 'Buy groceries').closedAt).toBe('2026-02-13T15:05:51.000Z')
    expect(plan.tasks[0]!.source.row).toBe(5)
  })

  test('an older preamble gives the codes another meaning, and a zone decides the day', () => {
    const header = '"Folder Name","List Name","Title","Kind","Content","Due Date","Status","Timezone"'
    const old = `"Date: 2023-01-01+0000"\n"Version: 7.1"\n"Status: \n0 Normal\n1 Completed\n2 Archived"\n${header}
"Home","Buy","Milk","CHECKLIST","▫oat\n▪soy","2024-03-01T05:00:00+0000","1","America/New_York"
"","Buy","Bread","TEXT","","","2","Nowhere/Here"\n`
    const made = planCsv(Buffer.from(old))
    expect(made.problems).toEqual([])
    expect(made.tasks.map(({ status }) => status)).toEqual(['done', 'done'])
    expect(made.tasks[0]!.dueOn).toBe('2024-03-01')
    expect(made.tasks[0]!.description).toContain('- [ ] oat\n- [x] soy')
    expect(made.projects.map(({ name }) => name)).toEqual(['Home / Buy', 'Buy'])
  })
})

describe('the Notion export', () => {
  const plan = planCsv(read('notion-gantt-ja.csv'), undefined, 'notion-gantt-ja.csv')
  const rows = rowsOf('notion-gantt-ja.csv')

  test('date ranges become start and due dates, Japanese titles stay', () => {
    expect(previewCsv(read('notion-gantt-ja.csv')).tool).toBe('notion')
    expect(plan.problems).toEqual([])
    expect(plan.tasks.map(({ title }) => title)).toEqual(rows.map(row => row.Name![0]))
    const day = (text?: string) => text && new Date(`${text} UTC`).toISOString().slice(0, 10)
    const ranges = rows.map(row => row.Date![0]!.split(' → '))
    expect(plan.tasks.map(({ startOn }) => startOn)).toEqual(ranges.map(([a, b]) => (b ? day(a) : undefined)))
    expect(plan.tasks.map(({ dueOn }) => dueOn)).toEqual(ranges.map(([a, b]) => day(b ?? a)))
    expect(plan.projects.map(({ name }) => name)).toEqual(['notion-gantt-ja'])
    expect(plan.notTaken).toEqual([])
  })

  test('a second person becomes a viewer, and the tags arrive', () => {
    const shared = task(plan, 'Part-C 調整')
    const nameOf = (ref?: string) => plan.people.find(person => person.ref === ref)?.name
    expect([nameOf(shared.assigneeRef), shared.viewerRefs.map(nameOf)]).toEqual(['A', ['B']])
    expect(plan.tags.map(({ name }) => name)).toEqual(['Prep', 'Test', 'Release', 'Follow'])
    expect(plan.converted).toEqual([expect.objectContaining({ what: 'Further assignees', count: 2 })])
  })
})
