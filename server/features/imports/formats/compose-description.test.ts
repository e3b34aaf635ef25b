import { expect, test } from 'vitest'
import { addFields, composeDescription } from './compose-description.ts'

const parts = { text: 'Text', checklists: [], fields: [], links: [] }
const link = { name: 'Plan', url: 'https://example.com/plan' }
const assignee = [{ name: 'Assignee', value: 'Zoe | $& Co' }]
const row = '| Assignee | Zoe \\| $& Co |'

test('a further field joins the table that is there', () => {
  const whole = addFields(
    composeDescription({ ...parts, fields: [{ name: 'Key', value: 'A-1' }], links: [link] }),
    assignee,
  )
  expect(whole).toContain(`| --- | --- |\n${row}\n| Key | A-1 |\n\n### Links`)
})

test('without a table, one is made above the links', () => {
  const whole = addFields(composeDescription({ ...parts, links: [link] }), assignee)
  expect(whole).toMatch(/^Text\n\n### Fields\n\n[\s\S]*\n\n### Links\n\n- \[Plan\]/)
  expect(addFields(composeDescription({ ...parts, text: '', links: [link] }), assignee)).toMatch(
    /^### Fields[\s\S]*### Links/,
  )
})

test('a description without either ends with the table; no field changes nothing', () => {
  expect(addFields('Text', assignee)).toBe(`Text\n\n### Fields\n\n| Field | Value |\n| --- | --- |\n${row}`)
  expect(addFields('', assignee)).toMatch(/^### Fields/)
  expect(addFields('Text', [])).toBe('Text')
})
