import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { planTrello, previewTrello } from './trello.ts'

const fixture = (name: string) => readFileSync(`tests/fixtures/imports/${name}`)

type Card = {
  id: string
  name: string
  closed: boolean
  due: string | null
  dueComplete: boolean
  idList: string
  idMembers: string[]
  idLabels: string[]
  attachments: { url: string }[]
  badges: { comments: number }
}
type Board = {
  cards: Card[]
  lists: { id: string; name: string }[]
  labels: { id: string; name: string }[]
  members: { fullName: string }[]
  checklists: { idCard: string; checkItems: { state: string }[] }[]
  actions: { type: string; data: { text?: string } }[]
}

describe('the board of 122 cards', () => {
  const bytes = fixture('trello-gocd-testdrive.json')
  const board = JSON.parse(bytes.toString()) as Board
  const plan = planTrello(bytes)
  const taskOf = (card: Card) => plan.tasks.find(({ source }) => source.id === card.id)!
  const note = (what: string) => plan.notTaken.find(one => one.what === what)

  test('every card arrives once, with its title and labels', () => {
    expect(plan.problems).toEqual([])
    expect(plan.tasks).toHaveLength(122)
    for (const card of board.cards) {
      const task = taskOf(card)
      expect(task.title).toBe(card.name.trim().replace(/\s+/g, ' '))
      const names = task.tagRefs.map(ref => plan.tags.find(tag => tag.ref === ref)!.name)
      const labels = card.idLabels.map(id => board.labels.find(label => label.id === id)!.name)
      expect(names).toEqual(expect.arrayContaining(labels))
    }
    expect(plan.tags.map(({ name }) => name)).toEqual(expect.arrayContaining(board.labels.map(({ name }) => name)))
    expect(plan.people.map(({ name }) => name)).toEqual(board.members.map(({ fullName }) => fullName))
  })

  test('lists become statuses, and an archived card is done or cancelled', () => {
    const byList = { 'To Do': 'todo', 'In Progress': 'doing', 'Ready to merge': 'review', Done: 'done' } as Record<
      string,
      string
    >
    for (const card of board.cards) {
      const list = board.lists.find(({ id }) => id === card.idList)!.name
      const open = byList[list] ?? 'backlog'
      const archived = open === 'done' || card.dueComplete ? 'done' : 'cancelled'
      expect(taskOf(card).status).toBe(card.closed ? archived : open)
      expect(taskOf(card).archived).toBe(card.closed)
    }
    const archivedCards = plan.converted.filter(({ what }) => what.startsWith('Archived cards'))
    expect(archivedCards.map(one => one.count).reduce((a, b) => a + b)).toBe(78)
    expect(plan.tasks.filter(({ archived, closedAt }) => archived && !closedAt)).toEqual([])
  })

  test('93 comments arrive, and the report names the 40 that Trello cut off', () => {
    const texts = board.actions.filter(({ type }) => type === 'commentCard').map(({ data }) => data.text!.trim())
    expect(plan.comments.map(({ body }) => body).toSorted()).toEqual(texts.toSorted())
    expect(plan.comments).toHaveLength(93)
    expect(note('Comments')).toMatchObject({ count: 40 })
    expect(note('Comments')!.why).toBe(
      'The file holds 93 of the 133 comments that its cards count: Trello cuts the activity of an export at 1,000 entries.',
    )
    expect(plan.comments.map(({ createdAt }) => createdAt)).toEqual(
      plan.comments.map(({ createdAt }) => createdAt).toSorted(),
    )
  })

  test('checklists, attachments, members and due dates arrive', () => {
    const descriptions = plan.tasks.map(({ description }) => description).join('\n')
    const items = board.checklists.flatMap(({ checkItems }) => checkItems)
    expect(descriptions.match(/^- \[x\] /gm)).toHaveLength(items.filter(({ state }) => state === 'complete').length)
    expect(descriptions.match(/^- \[[x ]\] /gm)).toHaveLength(62)
    expect(plan.attachments).toHaveLength(59)
    expect(plan.attachments.map(({ url }) => url).toSorted()).toEqual(
      board.cards.flatMap(card => card.attachments.map(({ url }) => url)).toSorted(),
    )
    expect(plan.tasks.filter(({ dueOn }) => dueOn)).toHaveLength(25)
    for (const card of board.cards) {
      const task = taskOf(card)
      expect([task.assigneeRef, ...task.viewerRefs].filter(Boolean)).toHaveLength(card.idMembers.length)
      const day = card.due && new Date(card.due).toLocaleDateString('sv', { timeZone: 'Europe/Brussels' })
      expect(task.dueOn ?? null).toBe(day)
    }
  })

  test('a link to another card of the board is called like that card', () => {
    const linked = plan.attachments.filter(({ url }) => url.startsWith('https://trello.com/c/'))
    expect(linked.length).toBeGreaterThan(0)
    expect(linked.filter(({ name }) => name.startsWith('https://'))).toEqual([])
  })

  test('nothing else is dropped in silence', () => {
    expect(plan.notTaken.map(({ what, count }) => [what, count])).toEqual([
      ['Comments', 40],
      ['Empty lists', 9],
      ['Activity other than comments', 907],
      ['Administrators of the board', 1],
      ['Subscriptions of whoever exported the board', 36],
      ['Covers', 5],
      ['Reminders', 15],
    ])
  })

  test('a person may send a list to another status', () => {
    const { mapping } = previewTrello(bytes)
    const progress = board.lists.find(({ name }) => name === 'In Progress')!.id
    const lists = mapping.lists.map(list => (list.id === progress ? { ...list, to: 'review' } : list))
    const open = board.cards.filter(card => card.idList === progress && !card.closed)
    const changed = planTrello(bytes, { lists }).tasks.filter(({ source }) => open.some(({ id }) => id === source.id))
    expect(changed.map(({ status }) => status)).toEqual(open.map(() => 'review'))
    expect(planTrello(bytes, { lists: [{ id: 'nowhere', to: 'done' }] }).problems[0]!.message).toContain(
      'not in the file',
    )
    expect(planTrello(bytes, { lists: [{ id: progress, to: 'paused' }] }).problems[0]!.message).toContain('"paused"')
  })
})

describe('a board with custom fields', () => {
  const plan = planTrello(fixture('trello-project100-customfields.json'))

  test('text, number, date, checkbox and list values stand in the description', () => {
    expect(plan.problems).toEqual([])
    expect(plan.tasks.map(({ title }) => title)).toEqual(['Write code', 'Review code', 'Visualize code'])
    const fields = plan.tasks[2]!.description
    for (const line of [
      'Logical Value | yes',
      'Date Value | 2021-01-28 11:00',
      'Dropdown | Down',
      'Number Value | 100.32',
      'Text Value | Test text',
    ]) {
      expect(fields).toContain(`| ${line} |`)
    }
    expect(plan.tasks[1]!.description).not.toContain('Fields')
    expect(plan.notTaken.find(({ what }) => what === 'Labels without a name on no card')?.count).toBe(6)
  })

  test('a label without a name is a tag called by its colour', () => {
    const board = JSON.parse(fixture('trello-project100-customfields.json').toString()) as Board
    board.cards[0]!.idLabels = [board.labels[0]!.id]
    expect(planTrello(Buffer.from(JSON.stringify(board))).tags).toEqual([
      { ref: 'tag:1', name: 'green', color: '#4bce97' },
    ])
  })

  test('a part of the export that Kontor has never seen is listed', () => {
    const board = JSON.parse(fixture('trello-project100-customfields.json').toString())
    board.cards[0].agentNotes = ['new']
    const what = planTrello(Buffer.from(JSON.stringify(board))).notTaken.map(one => one.what)
    expect(what).toContain('"agentNotes" of a card')
  })
})

describe('a bad board', () => {
  const board = (card: object) =>
    Buffer.from(JSON.stringify({ name: 'B', lists: [], cards: [{ id: 'c1', name: 'A', ...card }] }))

  test('a card without a title, with a bad date or with half a character is named', () => {
    expect(planTrello(board({ name: ' ' })).problems).toEqual([{ where: '""', message: 'The task has no title.' }])
    expect(planTrello(board({ due: 'soon' })).problems[0]).toMatchObject({ where: 'card "A"', column: 'due' })
    expect(planTrello(board({ name: 'x\ud800' })).problems[0]!.message).toContain('lone surrogate')
    expect(planTrello(board({ desc: 'x\0' })).problems[0]!.message).toContain('NUL')
  })

  test('what is no board, no JSON or nested too deep is refused with a sentence', () => {
    expect(planTrello(Buffer.from('{"a":1}')).problems[0]!.message).toContain('no Trello board')
    expect(planTrello(Buffer.from('{"cards":[')).problems[0]!.message).toContain('no JSON')
    expect(planTrello(Buffer.from('['.repeat(1000) + ']'.repeat(1000))).problems[0]!.message).toContain(
      'deeper than 100',
    )
  })
})
