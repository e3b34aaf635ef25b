import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
let projectId: string
const path = { workspace: 'acme' }
beforeAll(async () => {
  world = await createWorld()
  projectId = (
    await world.acme.ada.api.createProject({
      path,
      body: { name: 'Website relaunch', key: 'WEB', description: 'The new **storefront**' },
    })
  ).id
})
afterAll(() => world.close())

const find = async (who: 'ada' | 'mia' | 'gus', q: string) =>
  (await world.acme[who].api.search({ path, query: { q } })).items
const newTask = (title: string, description = '') =>
  world.acme.ada.api.createTask({ path, body: { projectId, title, description } })

test('words are found in titles, descriptions, comments and projects, in titles first', async () => {
  const inText = await newTask('Order paint', 'The hallway becomes turquoise this time.')
  const inTitle = await newTask('Choose a turquoise')
  const comment = await world.acme.mia.api.createComment({
    path: { ...path, task: inText.id },
    body: { body: 'I like turquoise.' },
  })
  const items = await find('mia', 'turquoise')
  expect(items[0]).toEqual({
    type: 'task',
    id: inTitle.id,
    taskId: inTitle.id,
    projectId,
    title: 'Choose a turquoise',
    snippet: '',
    key: inTitle.key,
  })
  expect(items.find(item => item.id === inText.id)).toMatchObject({
    snippet: expect.stringContaining('hallway becomes turquoise'),
  })
  expect(items.find(item => item.id === comment.id)).toMatchObject({
    type: 'comment',
    taskId: inText.id,
    projectId,
    title: 'Order paint',
    key: inText.key,
    snippet: 'I like turquoise.',
  })
  expect(await find('mia', 'storefront')).toMatchObject([
    { type: 'project', id: projectId, taskId: null, title: 'Website relaunch', key: 'WEB' },
  ])
})

test('the last word may be unfinished, and all words have to be there', async () => {
  const task = await newTask('Negotiate the lease', 'With the landlord in Ghent')
  for (const q of ['neg', 'negotiate lea', 'ghent landl', 'NEGOTIATE'])
    expect((await find('mia', q)).map(item => item.id)).toEqual([task.id])
  for (const q of ['negotiate boat', 'nego lease', 'egotiate']) expect(await find('mia', q)).toEqual([])
})

test('the task whose key is asked for comes first', async () => {
  const wanted = await newTask('Something else')
  await newTask(`Look at ${wanted.key} again`, `${wanted.key} ${wanted.key}`)
  for (const q of [wanted.key, wanted.key.toLowerCase(), ` ${wanted.key} `]) {
    const items = await find('mia', q)
    expect(items[0]).toMatchObject({ id: wanted.id, key: wanted.key })
    expect(items).toHaveLength(2)
  }
  expect((await world.acme.mia.api.search({ path, query: { q: wanted.key, limit: 1 } })).items).toHaveLength(1)
})

test('nothing unreadable is found: no title, no comment, no project, no key', async () => {
  const { ada, gus } = world.acme
  const secret = await ada.api.createProject({ path, body: { name: 'Zanzibar', key: 'ZAN', private: true } })
  const task = await ada.api.createTask({ path, body: { projectId: secret.id, title: 'Zanzibar merger' } })
  await ada.api.createComment({ path: { ...path, task: task.id }, body: { body: 'zanzibar signs tomorrow' } })
  expect((await find('ada', 'zanzibar')).map(item => item.type).sort()).toEqual(['comment', 'project', 'task'])
  for (const who of ['mia', 'gus'] as const) {
    for (const q of ['zanzibar', 'zan', 'ZAN-1', 'tomorrow']) expect(await find(who, q)).toEqual([])
  }
  await ada.api.addViewerToTask({ path: { ...path, task: task.id, member: gus.memberId } })
  expect((await find('gus', 'zanzibar')).map(item => item.type).sort()).toEqual(['comment', 'task'])
  expect((await find('gus', 'ZAN-1')).map(item => item.id)).toContain(task.id)
  expect(
    (await world.globex.gina.api.search({ path: { workspace: 'globex' }, query: { q: 'zanzibar' } })).items,
  ).toEqual([])
})

test('whatever is typed is looked for, and nothing of it is understood as an operator', async () => {
  const task = await newTask(
    "It's a trap & a pun | not a query",
    'back\\slash C++ e-mail a@b.example https://x.example/path?q=1 1.5 foo_bar',
  )
  const typed = [
    "'",
    "''",
    "'''",
    '\\',
    "\\'",
    "'\\",
    '&',
    '|',
    '!',
    '!!',
    '<->',
    '<1>',
    ':*',
    ':A',
    '(',
    ')',
    '(((',
    'a & | b',
    "x':* & !y",
    "trap' | 'x",
    '*',
    '%',
    '_',
    '--',
    '/*',
    '$1',
    '$' + '{x}',
    '\u00a0',
    '\u200b',
    '\u202e',
    '😀',
    'é'.repeat(200),
    'a '.repeat(100),
    "' ".repeat(100),
    '1e999',
    '-1',
    '0x',
    '<b>',
    '&amp;',
    '\\\\\\',
    'a@b.example',
    'https://x.example/path?q=1',
    'foo_bar',
    '..',
    './..',
    '\u{10ffff}',
    'ﬁ',
    'İ',
    '١٢٣',
  ]
  for (const q of typed) {
    const status = await world.acme.mia.api.search({ path, query: { q } }).then(
      () => 200,
      (problem: { status: number }) => problem.status,
    )
    // Blank is refused; all else is answered.
    expect([q, status]).toEqual([q, /\S/.test(q) ? 200 : 400])
  }
  for (const q of [
    "it's trap",
    'trap & pun',
    'back\\slash',
    'e-mail',
    'e-mai',
    'a@b.example',
    'foo_bar',
    '1.5',
    'https://x.example/path?q=1',
  ]) {
    expect([q, (await find('mia', q)).map(item => item.id)]).toEqual([q, [task.id]])
  }
})

test('NUL and half a character are refused as everywhere', async () => {
  for (const q of ['a%00b', '%ED%A0%80']) {
    const answer = await fetch(`${world.url}/api/workspaces/acme/search?q=${q}`, {
      headers: { Authorization: `Bearer ${world.acme.mia.token}` },
    })
    expect(answer.status).toBeLessThan(500)
  }
})
