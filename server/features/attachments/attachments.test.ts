import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createWorld, type World } from '#tests/setup/world.ts'

let world: World
const path = { workspace: 'acme' }
const maxBytes = 1_000_000
beforeAll(async () => {
  world = await createWorld({ env: { KONTOR_MAX_UPLOAD_BYTES: String(maxBytes) } })
})
afterAll(() => world.close())

function form(content: BlobPart, name: string): FormData {
  const data = new FormData()
  data.set('file', new Blob([content]), name)
  return data
}

async function newTask(isPrivate = false) {
  const { ada } = world.acme
  const project = await ada.api.createProject({ path, body: { name: 'Website', private: isPrivate } })
  const task = await ada.api.createTask({ path, body: { projectId: project.id, title: 'Choose a font' } })
  return { project, task, place: { ...path, task: task.id } }
}

/** All files that the storage holds, finished or not. */
async function kept(): Promise<string[]> {
  const entries = await readdir(world.services.config.storageDir, { recursive: true, withFileTypes: true }).catch(
    () => [],
  )
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}

test('a file arrives whole, with its digest, and comes back byte for byte', async () => {
  const { mia, tom } = world.acme
  const { place } = await newTask()
  const content = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 31) % 251))
  const made = await mia.api.createAttachment({ path: place, form: form(content, 'Übersicht 名前.bin') })
  const sha256 = createHash('sha256').update(content).digest('hex')
  expect(made).toMatchObject({
    taskId: place.task,
    creatorId: mia.memberId,
    name: 'Übersicht 名前.bin',
    mediaType: 'application/octet-stream',
    sizeBytes: 100_000,
    sha256,
  })
  expect((await tom.api.listAttachments({ path: place })).items).toEqual([made])
  const answer = await tom.api.readAttachmentContent({ path: { ...path, attachment: made.id } })
  expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-length': '100000',
    'content-disposition': `attachment; filename*=UTF-8''%C3%9Cbersicht%20%E5%90%8D%E5%89%8D.bin`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining('sandbox'),
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    etag: `"${sha256}"`,
  })
  expect((await tom.api.listTaskHistory({ path: place })).items[0]).toMatchObject({
    action: 'attachment.created',
    memberId: mia.memberId,
  })
})

test('an empty file is a file', async () => {
  const { mia } = world.acme
  const { place } = await newTask()
  const made = await mia.api.createAttachment({ path: place, form: form('', 'empty.txt') })
  expect(made).toMatchObject({ sizeBytes: 0, mediaType: 'text/plain; charset=utf-8' })
  const answer = await mia.api.readAttachmentContent({ path: { ...path, attachment: made.id } })
  expect(await answer.text()).toBe('')
})

test('one range of bytes is answered with 206, several with the whole, and one that is not there with 416', async () => {
  const { mia } = world.acme
  const { place } = await newTask()
  const made = await mia.api.createAttachment({ path: place, form: form('0123456789', 'digits.txt') })
  const read = async (headers: Record<string, string>) => {
    const answer = await mia.api.readAttachmentContent({ path: { ...path, attachment: made.id }, headers })
    return [answer.status, await answer.text(), answer.headers.get('content-range')]
  }
  expect(await read({ Range: 'bytes=2-4' })).toEqual([206, '234', 'bytes 2-4/10'])
  expect(await read({ Range: 'bytes=7-' })).toEqual([206, '789', 'bytes 7-9/10'])
  expect(await read({ Range: 'bytes=-3' })).toEqual([206, '789', 'bytes 7-9/10'])
  expect(await read({ Range: 'bytes=0-999' })).toEqual([206, '0123456789', 'bytes 0-9/10'])
  for (const Range of ['bytes=0-1,3-4', 'bytes=5-2', 'bytes=-', 'lines=1-2', 'bytes=x']) {
    expect(await read({ Range })).toEqual([200, '0123456789', null])
  }
  expect(await read({ Range: 'bytes=2-4', 'If-Range': '"another"' })).toEqual([200, '0123456789', null])
  expect(await read({ Range: 'bytes=2-4', 'If-Range': `"${made.sha256}"` })).toEqual([206, '234', 'bytes 2-4/10'])
  for (const Range of ['bytes=10-', 'bytes=-0']) await expect(read({ Range })).rejects.toMatchObject({ status: 416 })
  await expect(read({ 'If-None-Match': `"${made.sha256}"` })).rejects.toMatchObject({ status: 304 })
})

test('what a file is served as follows from its bytes, and nothing that could run is served as itself', async () => {
  const { mia } = world.acme
  const { place } = await newTask()
  const png = '\x89PNG\r\n\x1a\n'
  const files: [name: string, content: string, mediaType: string][] = [
    ['picture.png', png, 'image/png'],
    ['picture.PNG', png, 'image/png'],
    ['picture.png', '<html><script>alert(1)</script>', 'application/octet-stream'],
    ['page.html', '<html></html>', 'application/octet-stream'],
    ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'application/octet-stream'],
    ['data.xml', '<?xml version="1.0"?>', 'application/octet-stream'],
    ['notes.txt', 'Hello', 'text/plain; charset=utf-8'],
    ['notes.txt', '\n <SCRIPT>alert(1)</SCRIPT>', 'application/octet-stream'],
    ['notes.txt', 'a\0b', 'application/octet-stream'],
    ['paper.pdf', '%PDF-1.7', 'application/pdf'],
    ['paper.pdf', 'MZ\x90', 'application/octet-stream'],
    ['no-extension', png, 'application/octet-stream'],
  ]
  for (const [name, content, mediaType] of files) {
    const made = await mia.api.createAttachment({ path: place, form: form(Buffer.from(content, 'latin1'), name) })
    expect({ name, mediaType: made.mediaType }).toEqual({ name, mediaType })
    const answer = await mia.api.readAttachmentContent({ path: { ...path, attachment: made.id } })
    expect(answer.headers.get('content-type')).toBe(mediaType)
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/)
    expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toBe(content)
  }
})

test('bytes are for exactly those who may read the task, and go on being so', async () => {
  const { ada, max, mia, gus } = world.acme
  const { place, task } = await newTask(true)
  const { id } = await ada.api.createAttachment({ path: place, form: form('secret', 'secret.txt') })
  const at = { ...path, attachment: id }
  const read = async (api: typeof ada.api) => (await api.readAttachmentContent({ path: at })).text()
  expect(await read(max.api)).toBe('secret')
  for (const { api } of [mia, gus]) {
    await expect(api.readAttachmentContent({ path: at })).rejects.toMatchObject({ status: 404 })
    await expect(api.getAttachment({ path: at })).rejects.toMatchObject({ status: 404 })
    await expect(api.listAttachments({ path: place })).rejects.toMatchObject({ status: 404 })
    await expect(api.deleteAttachment({ path: at })).rejects.toMatchObject({ status: api === gus.api ? 403 : 404 })
  }
  await ada.api.addViewerToTask({ path: { ...path, task: task.id, member: mia.memberId } })
  await ada.api.addViewerToTask({ path: { ...path, task: task.id, member: gus.memberId } })
  expect([await read(mia.api), await read(gus.api)]).toEqual(['secret', 'secret'])
  await expect(mia.api.deleteAttachment({ path: at })).rejects.toMatchObject({ status: 403 })
  await ada.api.removeViewerFromTask({ path: { ...path, task: task.id, member: mia.memberId } })
  await expect(read(mia.api)).rejects.toMatchObject({ status: 404 })
  const { gina } = world.globex
  await expect(gina.api.readAttachmentContent({ path: { workspace: 'globex', attachment: id } })).rejects.toMatchObject(
    { status: 404 },
  )
  await expect(world.anyone.readAttachmentContent({ path: at })).rejects.toMatchObject({ status: 401 })
})

test('who may not attach is refused before any byte is taken, and nothing is kept', async () => {
  const { ada, mia, gus } = world.acme
  const { place, task } = await newTask(true)
  const before = await kept()
  const huge = () => form('x'.repeat(maxBytes), 'x.txt')
  await expect(mia.api.createAttachment({ path: place, form: huge() })).rejects.toMatchObject({ status: 404 })
  await ada.api.addViewerToTask({ path: { ...path, task: task.id, member: mia.memberId } })
  await expect(mia.api.createAttachment({ path: place, form: huge() })).rejects.toMatchObject({ status: 403 })
  await expect(gus.api.createAttachment({ path: place, form: huge() })).rejects.toMatchObject({ status: 403 })
  expect(await kept()).toEqual(before)
})

test('a permission that is lost while the bytes arrive is lost: no row and no file', async () => {
  const { ada, mia } = world.acme
  const { place, project } = await newTask(true)
  await ada.api.addProjectMember({ path: { ...path, project: project.id, member: mia.memberId } })
  const before = await kept()
  const upload = slowUpload(place.task, mia.token)
  await upload.send('the first half')
  await vi.waitFor(async () => expect((await kept()).length).toBe(before.length + 1))
  await ada.api.removeProjectMember({ path: { ...path, project: project.id, member: mia.memberId } })
  await upload.send('and the second', true)
  expect(await upload.answer()).toMatch(/^HTTP\/1.1 404 /)
  expect(await kept()).toEqual(before)
  expect((await ada.api.listAttachments({ path: place })).items).toEqual([])
})

test('an upload that is cut off leaves nothing', async () => {
  const { ada } = world.acme
  const { place } = await newTask()
  const before = await kept()
  const upload = slowUpload(place.task, ada.token)
  await upload.send('x'.repeat(50_000))
  await vi.waitFor(async () => expect((await kept()).length).toBe(before.length + 1))
  upload.cut()
  await vi.waitFor(async () => expect(await kept()).toEqual(before))
  expect((await ada.api.listAttachments({ path: place })).items).toEqual([])
})

test('a form that ends before its file does is refused and leaves nothing', async () => {
  const { ada } = world.acme
  const { place } = await newTask()
  const before = await kept()
  const body = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf of it'
  for (const type of ['multipart/form-data; boundary=x', 'multipart/form-data; boundary=y', 'multipart/form-data']) {
    const headers = { Authorization: `Bearer ${ada.token}`, 'Content-Type': type }
    const answer = await fetch(`${world.url}/api/workspaces/acme/tasks/${place.task}/attachments`, {
      method: 'POST',
      headers,
      body,
    })
    expect([type, answer.status]).toEqual([type, 400])
  }
  expect(await kept()).toEqual(before)
})

test('more bytes than allowed are refused, declared or not, and nothing is kept; exactly as many are taken', async () => {
  const { ada } = world.acme
  const { place } = await newTask()
  const before = await kept()
  for (const size of [maxBytes + 1, maxBytes + 200_000]) {
    await expect(
      ada.api.createAttachment({ path: place, form: form('x'.repeat(size), 'x.txt') }),
    ).rejects.toMatchObject({ status: 413 })
  }
  const upload = slowUpload(place.task, ada.token)
  await upload.send('x'.repeat(maxBytes + 1), true)
  expect(await upload.answer()).toMatch(/^HTTP\/1.1 413 /)
  expect(await kept()).toEqual(before)
  expect(await ada.api.createAttachment({ path: place, form: form('x'.repeat(maxBytes), 'x.txt') })).toMatchObject({
    sizeBytes: maxBytes,
  })
})

test('an upload with the same Idempotency-Key happens once, at once and again; with another file it is refused', async () => {
  const { mia } = world.acme
  const { place } = await newTask()
  const before = (await kept()).length
  const send = (content: string) =>
    mia.api.createAttachment({ path: place, form: form(content, 'a.txt'), idempotencyKey: `upload-${place.task}` })
  const made = await Promise.all([send('one'), send('one'), send('one')])
  expect(new Set(made.map(({ id }) => id)).size).toBe(1)
  expect(await send('one')).toEqual(made[0])
  await expect(send('two')).rejects.toMatchObject({ status: 422, code: 'idempotency-key-reused' })
  expect((await mia.api.listAttachments({ path: place })).items).toEqual([made[0]])
  expect((await kept()).length).toBe(before + 1)
})

test('the bytes go with the attachment, with its task and with its project', async () => {
  const { ada } = world.acme
  const before = await kept()
  const { place, project, task } = await newTask()
  const attach = (to: string) => ada.api.createAttachment({ path: { ...path, task: to }, form: form('x', 'x.txt') })
  const first = await attach(task.id)
  await attach(task.id)
  const other = await ada.api.createTask({ path, body: { projectId: project.id, title: 'Other' } })
  await attach(other.id)
  await expect(
    ada.api.deleteAttachment({ path: { ...path, attachment: first.id }, ifMatch: '"7"' }),
  ).rejects.toMatchObject({ status: 412 })
  await ada.api.deleteAttachment({ path: { ...path, attachment: first.id } })
  await vi.waitFor(async () => expect((await kept()).length).toBe(before.length + 2))
  await ada.api.deleteTask({ path: place })
  await vi.waitFor(async () => expect((await kept()).length).toBe(before.length + 1))
  await ada.api.deleteProject({ path: { ...path, project: project.id } })
  await vi.waitFor(async () => expect(await kept()).toEqual(before))
})

test('a form without a file, with another field, or that is no form is refused', async () => {
  const { ada } = world.acme
  const { place } = await newTask()
  const empty = new FormData()
  empty.set('note', 'x')
  await expect(ada.api.createAttachment({ path: place, form: empty })).rejects.toMatchObject({ status: 400 })
  const both = new FormData()
  both.set('taskId', 'x')
  both.set('file', new Blob(['x']), 'x.txt')
  await expect(ada.api.createAttachment({ path: place, form: both })).rejects.toMatchObject({ status: 400 })
  const json = fetch(`${world.url}/api/workspaces/acme/tasks/${place.task}/attachments`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${ada.token}`, 'Content-Type': 'application/json' },
    body: '{}',
  })
  expect((await json).status).toBe(415)
})

/** An upload in chunks of our own timing, on a bare socket. */
function slowUpload(task: string, token: string) {
  const { hostname, port } = new URL(world.url)
  const socket = connect(Number(port), hostname)
  const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
  const write = (text: string) => new Promise<void>(resolve => void socket.write(text, () => resolve()))
  const received: Buffer[] = []
  socket.on('data', data => received.push(Buffer.from(data as Buffer)))
  const ended = new Promise<void>(resolve => socket.once('close', () => resolve()))
  socket.on('error', () => undefined)
  const head =
    `POST /api/workspaces/acme/tasks/${task}/attachments HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token}\r\n` +
    'Connection: close\r\nContent-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n' +
    chunk('--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n')
  const begun = write(head)
  return {
    async send(text: string, last = false) {
      await begun
      await write(chunk(text) + (last ? `${chunk('\r\n--x--\r\n')}0\r\n\r\n` : ''))
    },
    cut: () => socket.destroy(),
    async answer() {
      await ended
      return Buffer.concat(received).toString()
    },
  }
}
