import { describe, expect, test } from 'vitest'
import { planCsv, previewCsv } from './csv.ts'
import { detectFormat } from './detect.ts'
import { planImport } from './index.ts'

const csv = (text: string) => Buffer.from(text)
const problems = (text: string) => planCsv(csv(text)).problems
const titles = (bytes: Uint8Array) => planCsv(bytes).tasks.map(({ title }) => title)

describe('a file with a bad row says which and why, and plans nothing else', () => {
  test.each([
    [
      'a date that is none',
      'Title,Due date\nA,2024-01-01\nB,2024-02-31\nC,2024-03-01\n',
      { row: 3, column: 'Due date' },
    ],
    ['an empty title', 'Title,Status\nA,Open\n,Done\n', { row: 3, message: 'The task has no title.' }],
    ['too many cells', 'Title,Status\nA,Open\nB,Open,more\n', { row: 3, message: expect.stringContaining('3 cells') }],
    [
      'a quotation mark that never closes',
      'Title,Status\nA,Open\n"B,Open\n',
      { row: 3, message: expect.stringContaining('none closes it') },
    ],
    [
      'a quotation mark inside a cell',
      'Title,Status\nA,Open\n"B" x,Open\n',
      { row: 3, message: expect.stringContaining('doubled') },
    ],
    [
      'a NUL character',
      'Title,Status\nA,Open\nB\0,Open\n',
      { row: 3, column: 'Title', message: 'It holds a NUL character.' },
    ],
    [
      'a subtask of itself',
      'Title,Parent\nA,B\nB,A\n',
      { row: 2, message: expect.stringContaining('subtask of itself') },
    ],
    ['a duration that is none', 'Title,Time estimate\nA,2h\nB,soon\n', { row: 3, column: 'Time estimate' }],
  ])('%s', (_, text, expected) => {
    expect(problems(text)[0]).toMatchObject(expected)
  })

  test('rows are counted as a spreadsheet counts them, lines inside a cell and empty rows too', () => {
    expect(
      problems('Title,Notes,Due date\nA,"one\ntwo\nthree",\n\nB,,nonsense\nC,,2024-01-01\nD,,2024-01-01\n')[0],
    ).toMatchObject({ row: 4 })
  })

  test('bytes that are not text name their row', () => {
    const bytes = Buffer.concat([csv('Title,Status\nété à Liège,Open\nB'), Buffer.from([0xff]), csv(',Open\n')])
    expect(planCsv(bytes).problems[0]).toMatchObject({ row: 3, column: 'Title' })
  })

  test('a row with too few cells is filled', () => {
    expect(
      planCsv(csv('Title,Status,Due date\nA\nB,Done\n')).tasks.map(({ title, status }) => [title, status]),
    ).toEqual([
      ['A', 'todo'],
      ['B', 'done'],
    ])
  })

  test('a file without a title column asks for one', () => {
    expect(problems('Foo,Bar\n1,2\n')[0]!.message).toContain('No column holds the titles')
    expect(problems('')[0]!.message).toBe('The file is empty.')
    expect(previewCsv(csv('')).problems).toHaveLength(1)
  })
})

describe('encodings and delimiters', () => {
  const text = 'Titel;Fällig am\r\nPrüfung für Zoë;31.12.2024\r\n'
  const read = (bytes: Uint8Array) => planCsv(bytes).tasks.map(({ title, dueOn }) => [title, dueOn])
  const expected = [['Prüfung für Zoë', '2024-12-31']]

  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 little endian with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 little endian without', Buffer.from(text, 'utf16le')],
    ['UTF-16 big endian', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['Windows-1252', Buffer.from(text, 'latin1')],
    ['tabs', Buffer.from(text.replaceAll(';', '\t'))],
    ['a "sep=" line', Buffer.from(`sep=;\r\n${text}`)],
    ['old Mac line ends', Buffer.from(text.replaceAll('\r\n', '\r'))],
  ])('%s', (_, bytes) => {
    expect(read(bytes)).toEqual(expected)
  })

  test('a reading as Windows-1252 is said in the preview', () => {
    expect(previewCsv(Buffer.from(text, 'latin1')).warnings[0]).toContain('Windows-1252')
  })
})

describe('hostile files', () => {
  test('formulas and odd headers are text like any other', () => {
    const plan = planCsv(csv('Title,__proto__,constructor\n"=HYPERLINK(""x"")",p,c\n'))
    expect(plan.problems).toEqual([])
    expect(plan.tasks[0]!.title).toBe('=HYPERLINK("x")')
    expect(plan.tasks[0]!.description).toContain('| __proto__ | p |\n| constructor | c |')
    expect(({} as Record<string, unknown>).p).toBeUndefined()
  })

  test('a script address becomes no link', () => {
    const { description } = planCsv(csv('Title,URL\nA,javascript:alert(1)\n')).tasks[0]!
    expect(description).toContain('`javascript:alert(1)`')
    expect(description).not.toContain('](')
  })

  test('a million columns, 20,001 tasks and a cell without end are refused', { timeout: 20_000 }, () => {
    expect(problems(`Title${',x'.repeat(1_000_000)}\nA\n`)[0]!.message).toMatch(/columns|characters/)
    expect(problems(`Title\n${'A\n'.repeat(20_001)}`)[0]!.message).toContain('more than 20000 tasks')
    expect(problems(`Title\n"${'A'.repeat(9_000_000)}`)[0]!.message).toBeTruthy()
    expect(problems(`Title\n${','.repeat(10)}\n`.repeat(3) + ','.repeat(5_000_000))[0]!.message).toContain(
      '4 million cells',
    )
  })

  test('text that makes careless patterns slow is read all the same', () => {
    const evil = [
      '[~'.repeat(200_000),
      '{code:'.repeat(100_000),
      '[a|'.repeat(150_000),
      ' '.repeat(400_000),
      'a@'.repeat(200_000),
    ]
    const started = performance.now()
    for (const text of evil)
      planCsv(csv(`Summary,Issue key,Description,Assignee,Comment\nA,X-1,"b${text}c","${text}","${text}"\n`))
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test('a chain of 19,999 subtasks is followed in one walk', { timeout: 20_000 }, () => {
    const rows = Array.from({ length: 19_999 }, (_, index) => `T${index},T${index - 1},${index === 0 ? 'Ours' : ''}`)
    const started = performance.now()
    const plan = planCsv(csv(['Title,Parent,Project', ...rows].join('\n')))
    expect(plan.problems).toEqual([])
    expect(plan.tasks.filter(({ parentRef }) => parentRef)).toHaveLength(19_998)
    expect(plan.projects.map(({ name }) => name)).toEqual(['Ours'])
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test('control characters go, long texts are kept in full', () => {
    const long = `${'word '.repeat(200)}end`
    const plan = planCsv(
      csv(`Title,Notes,Tags\n"A\u0007\u001b[31m",${'x'.repeat(150_000)},${'t'.repeat(80)}\n${long},,\n`),
    )
    expect(plan.tasks[0]!.title).toBe('A[31m')
    expect(plan.tasks[0]!.description.length).toBeLessThanOrEqual(100_000)
    expect(plan.tasks[0]!.description.length + plan.comments[0]!.body.length).toBe(150_000)
    expect(plan.tasks[1]!.title.length).toBeLessThanOrEqual(500)
    expect(plan.tasks[1]!.description).toBe(long)
    expect(plan.tags[0]!.name).toHaveLength(60)
    expect(plan.converted.map(({ what }) => what)).toEqual([
      'Tags longer than 60 characters',
      'Descriptions longer than 100,000 characters',
      'Titles longer than 500 characters',
    ])
  })
})

test('the format is told from the content', () => {
  expect(detectFormat(csv('a,b\n'))).toBe('csv')
  expect(detectFormat(csv('{"cards":[],"lists":[]}'))).toBe('trello')
  expect(detectFormat(csv('\ufeff {"data":[{"gid":"1","name":"a"}]}'))).toBe('asana')
  expect(detectFormat(csv('{"x":1}'))).toBeUndefined()
  expect(detectFormat(Buffer.from('PK\u0003\u0004'))).toBeUndefined()
  expect(planImport('asana', { bytes: csv('{"x":1}'), fileName: 'x.json' }).problems).toHaveLength(1)
  expect(titles(csv('Title\nOne\nTwo\n'))).toEqual(['One', 'Two'])
})
