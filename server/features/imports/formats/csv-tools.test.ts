import { expect, test } from 'vitest'
import { planCsv, previewCsv } from './csv.ts'

const csv = (lines: string[]) => Buffer.from(lines.join('\r\n'))

test('Todoist: sections, indented subtasks, labels, notes and dates in words', () => {
  const plan = planCsv(
    csv([
      'TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,DEADLINE',
      'meta,view_style=board,,,,,,,,,,,',
      'section,Kitchen,,,,,,,,,,,',
      'task,Fix the tap @house,Worn washer,1,1,Sam (12),Kim (34),Oct 5 2026,en,Europe/Paris,30,minute,',
      'note,Ask the plumber,,,,Sam (12),,,,,,,',
      'task,Buy a washer,,4,2,Sam (12),,every Friday,en,,,,',
      ',,,,,,,,,,,,',
    ]),
    undefined,
    'Home.csv',
  )
  expect(plan.problems).toEqual([])
  expect(plan.tool).toBe('todoist')
  const [tap, washer] = plan.tasks
  expect(tap).toMatchObject({ title: 'Fix the tap', priority: 'urgent', dueOn: '2026-10-05', estimateSeconds: 1800 })
  expect(plan.tags.map(({ name }) => name)).toEqual(['house', 'Kitchen'])
  expect(washer).toMatchObject({ title: 'Buy a washer', parentRef: tap!.ref, priority: 'none', dueOn: undefined })
  expect(washer!.description).toContain('| DATE | every Friday |')
  expect(plan.comments).toMatchObject([{ taskRef: tap!.ref, authorName: 'Sam', body: 'Ask the plumber' }])
  expect(plan.projects.map(({ name }) => name)).toEqual(['Home'])
})

test('Linear: keys, parents, labels, JavaScript dates', () => {
  const plan = planCsv(
    csv([
      '"ID","Team","Title","Description","Status","Estimate","Priority","Project ID","Project","Creator","Assignee","Labels","Cycle Number","Cycle Name","Created","Updated","Completed","Canceled","Due Date","Parent issue","UUID"',
      '"ACME-1","Acme","Ship it","Text","In Progress","3","High","p","Launch","ada@example.com","bob@example.com","Bug, UI","4","Cycle 4","Tue Mar 05 2024 10:00:00 GMT+0000 (GMT)","","","","2024-04-01","","u1"',
      '"ACME-2","Acme","Test it","","Done","","No priority","p","Launch","ada@example.com","","","","","2024-03-06T08:00:00.000Z","","2024-03-07T09:30:15.250Z","","","ACME-1","u2"',
    ]),
  )
  expect(plan.problems).toEqual([])
  expect(plan.tasks[0]).toMatchObject({
    status: 'doing',
    priority: 'high',
    dueOn: '2024-04-01',
    createdAt: '2024-03-05T10:00:00.000Z',
  })
  expect(plan.tasks[0]!.description).toContain('| Estimate | 3 |')
  expect(plan.tasks[1]).toMatchObject({
    parentRef: plan.tasks[0]!.ref,
    priority: 'none',
    closedAt: '2024-03-07T09:30:15.250Z',
  })
  expect(plan.tags.map(({ name }) => name)).toEqual(['Bug', 'UI'])
})

test('Jira Cloud: subtasks by id and epic by key, resolutions, work log, markup', () => {
  const plan = planCsv(
    csv([
      'Summary,Issue key,Issue id,Issue Type,Parent id,Status,Resolution,Original estimate,Description,Custom field (Epic Link),Log Work,Status Category,Labels,Labels',
      'Epic,WEB-1,1,Epic,,Selected,,,,,,To Do,,',
      '"Story",WEB-2,2,Story,,Ready for UAT,,7200,"h2. Why\n*bold* {{x}} [site|https://a.eu]\n{code:java}int *a*;{code}",WEB-1,"Typing;02/Sep/25 9:30 AM;557058:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee;3600",In Progress,one,two',
      "Sub,WEB-3,3,Sub-task,2,Done,Won't Do,,,,,Done,,",
      'Lost,WEB-4,4,Sub-task,99,Done,Done,,,,,Done,,',
    ]),
  )
  expect(plan.problems).toEqual([])
  const [epic, story, sub, lost] = plan.tasks
  expect(story).toMatchObject({ parentRef: epic!.ref, estimateSeconds: 7200, status: 'review' })
  expect(story!.description).toContain('## Why\n**bold** `x` [site](<https://a.eu>)\n\n```java\nint *a*;\n```')
  expect(story!.description).toContain('| Status | Ready for UAT |')
  expect(epic!.status).toBe('todo')
  expect(sub).toMatchObject({ parentRef: story!.ref, status: 'cancelled' })
  expect(sub!.description).toContain("| Resolution | Won't Do |")
  expect(lost!.parentRef).toBeUndefined()
  expect(lost!.description).toContain('| Parent id | 99 |')
  expect(plan.timeEntries).toMatchObject([
    { taskRef: story!.ref, startedAt: '2025-09-02T07:30:00.000Z', durationSeconds: 3600, note: 'Typing' },
  ])
  expect(plan.tags.map(({ name }) => name)).toEqual(['one', 'two'])
})

test('ClickUp: epoch dates, JSON cells, "null" and parents by id', () => {
  const plan = planCsv(
    csv([
      'Task ID,Task Link,Task Name,Task Content,Status,Date Created,Due Date,Parent ID,Attachments,Assignees,Tags,Priority,List Name,Folder Name/Path,Space Name,Time Estimated,Checklists,Comments',
      'a1,https://app.clickup.com/t/a1,Pitch,One\\nTwo,complete,1774117017690,1775293200000,null,"[{""title"":""deck.pdf"",""url"":""https://x.eu/deck.pdf""}]","[Ada, Bob]",[web],2,Sales,hidden,Space,5400000,"{""Steps"":[""one"",""two""]}","[{""text"":""Good"",""by"":""ada@example.com"",""date"":""2026-03-22T10:00:00Z""}]"',
      'a2,https://app.clickup.com/t/a2,Draft,,to do,1774117017690,null,a1,[],[],[],null,Sales,hidden,Space,null,{},[]',
    ]),
  )
  expect(plan.problems).toEqual([])
  const [pitch, draft] = plan.tasks
  expect(pitch).toMatchObject({ status: 'done', priority: 'high', estimateSeconds: 5400, dueOn: '2026-04-04' })
  expect(pitch!.description).toContain('One\nTwo\n\n### Steps\n\n- [ ] one\n- [ ] two')
  expect(pitch!.viewerRefs).toHaveLength(1)
  expect(plan.attachments).toEqual([{ taskRef: pitch!.ref, name: 'deck.pdf', url: 'https://x.eu/deck.pdf' }])
  expect(plan.comments).toMatchObject([
    { body: 'Good', authorName: 'ada@example.com', createdAt: '2026-03-22T10:00:00.000Z' },
  ])
  expect(draft).toMatchObject({ parentRef: pitch!.ref, priority: 'none', dueOn: undefined })
  expect(plan.projects.map(({ name }) => name)).toEqual(['Sales'])
})

test('GitLab: times in UTC, durations in seconds', () => {
  const plan = planCsv(
    csv([
      'Title,Description,Issue ID,URL,State,Author,Author Username,Assignee,Assignee Username,Due Date,Created At (UTC),Closed At (UTC),Milestone,Labels,Time Estimate,Time Spent',
      'Bug,Text,7,https://gitlab.example/7,Closed,Ada,ada,Bob,bob,2024-05-01,2024-04-01 10:00:00,2024-04-02 11:00:00,v1,"bug,ui",3600,1800',
    ]),
  )
  expect(plan.problems).toEqual([])
  expect(plan.tasks[0]).toMatchObject({ status: 'done', createdAt: '2024-04-01T10:00:00.000Z', estimateSeconds: 3600 })
  expect(plan.people.map(({ username }) => username).toSorted()).toEqual(['ada', 'bob'])
  expect(plan.tasks[0]!.description).toContain('30 min')
})

test('Monday: lines above the header and the header repeated under each group', () => {
  const header = 'Name,Subitems,Person,Status,Date'
  const plan = planCsv(
    csv(['Board,,,,', 'Group one,,,,', header, 'A,,Ada,Working on it,2024-01-02', '', header, 'B,,,Stuck,']),
  )
  expect(plan.problems).toEqual([])
  expect(plan.tasks.map(({ title, status, dueOn }) => [title, status, dueOn])).toEqual([
    ['A', 'doing', '2024-01-02'],
    ['B', 'todo', undefined],
  ])
  expect(plan.tasks[1]!.description).toContain('| Status | Stuck |')
})

test.each([
  ['Dutch', 'Titel;Status;Prioriteit;Toegewezen aan;Vervaldatum;Etiketten', 'Taak;Bezig;Hoog;Ada;3 maart 2024;a, b'],
  ['French', 'Titre;Statut;Priorité;Assigné à;Échéance;Étiquettes', 'Tâche;En cours;Élevée;Ada;3 mars 2024;a, b'],
  ['German', 'Aufgabe;Status;Priorität;Zuständig;Fällig am;Schlagwörter', 'Tun;In Arbeit;Hoch;Ada;3. März 2024;a, b'],
])('a spreadsheet in %s comes in without a word from the user', (_, header, row) => {
  const plan = planCsv(csv([header, row]))
  expect(plan.problems).toEqual([])
  expect(plan.tasks[0]).toMatchObject({
    status: 'doing',
    priority: 'high',
    dueOn: '2024-03-03',
    assigneeRef: 'person:1',
  })
  expect(plan.tags.map(({ name }) => name)).toEqual(['a', 'b'])
})

test('the dates of a file decide whether the day or the month comes first', () => {
  const preview = (...dates: string[]) => previewCsv(csv(['Title,Due date', ...dates.map(date => `A,${date}`)]))
  expect(preview('03/04/2024', '25/04/2024').dateOrder).toEqual({ order: 'dmy', sure: true })
  expect(preview('03/04/2024', '04/25/2024').dateOrder).toEqual({ order: 'mdy', sure: true })
  expect(preview('03/04/2024').dateOrder).toEqual({ order: 'dmy', sure: false })
  expect(preview('03/04/2024').warnings[0]).toContain('day/month/year')
})

test('an edited mapping is followed, and what it leaves out is listed', () => {
  const bytes = csv(['Title,Status,Effort,Due date', 'A,Parked,L,03/04/2024'])
  const { mapping, statuses } = previewCsv(bytes)
  expect(statuses).toEqual([{ from: 'Parked', count: 1, to: 'todo', sure: false }])
  const edited = {
    ...mapping,
    columns: mapping.columns.map(column => (column.header === 'Effort' ? { ...column, target: 'ignore' } : column)),
    ...{ statuses: [{ from: 'Parked', to: 'backlog' }], dateOrder: 'mdy', projectName: 'Ours' },
  }
  const plan = planCsv(bytes, JSON.parse(JSON.stringify(edited)))
  expect(plan.tasks[0]).toMatchObject({ status: 'backlog', dueOn: '2024-03-04' })
  expect(plan.projects[0]!.name).toBe('Ours')
  expect(plan.notTaken).toEqual([{ what: 'Column "Effort"', why: 'The mapping leaves it out.', count: 1, where: [] }])
})

test('a mapping that does not fit the file says what is wrong with it', () => {
  const bytes = csv(['Title,Status', 'A,Open'])
  const message = (columns: unknown) => planCsv(bytes, { columns }).problems[0]!.message
  expect(message([{ index: 7, header: 'X', target: 'title' }])).toContain('the file has 2 columns')
  expect(message([{ index: 0, header: 'Name', target: 'title' }])).toContain('in the file it is "Title"')
  expect(message([{ index: 0, header: 'Title', target: 'constructor' }])).toContain('sends the column to "constructor"')
  expect(message([{ index: 1, header: 'Status', target: 'status' }])).toContain('No column holds the titles')
  expect(planCsv(bytes, 'nonsense').problems[0]!.message).toBe('The mapping is not an object.')
})
