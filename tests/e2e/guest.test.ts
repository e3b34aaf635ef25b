import { expect, test } from 'vitest'
import { startE2e } from '#tests/e2e/browser.ts'

const e2e = startE2e()
const path = { workspace: 'acme' }

test('an invited guest joins and sees only what a guest may', async () => {
  const { ada } = e2e.world.acme
  const project = await ada.api.createProject({ path, body: { key: 'SHOP', name: 'Shop' } })
  const shown = await ada.api.createTask({ path, body: { projectId: project.id, title: 'For the guest' } })
  const hidden = await ada.api.createTask({ path, body: { projectId: project.id, title: 'For us alone' } })

  const page = await e2e.open('/w/acme/members/invitations', { as: ada })
  await page.getByRole('button', { name: 'Invite' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('E-mail address').fill('client@far.example')
  await dialog.getByLabel('Role').selectOption('Guest')
  await dialog.getByRole('button', { name: 'Send invitation' }).click()
  await page.getByText('client@far.example').first().waitFor()

  const guest = await e2e.open((await e2e.mailTo('client@far.example')).match(/\/join\/\S+/)![0])
  await guest.getByLabel('Your name').fill('Cleo Client')
  await guest.getByRole('textbox', { name: 'Password' }).fill('a window on the harbour')
  await guest.getByRole('button', { name: 'Join' }).click()
  await guest.getByRole('heading', { name: 'My work' }).waitFor()
  await expect.poll(() => guest.getByRole('link', { name: 'Time' }).count()).toBe(0)
  expect(await guest.getByRole('link', { name: 'Audit' }).count()).toBe(0)
  expect(await guest.getByRole('textbox', { name: 'Add a task' }).count()).toBe(0)

  const { items: members } = await ada.api.listMembers({ path })
  const cleo = members.find(member => member.name === 'Cleo Client')!
  await ada.api.addViewerToTask({ path: { ...path, task: shown.id, member: cleo.id } })
  await guest.goto(`/w/acme/tasks/${shown.id}`)
  await expect.poll(() => guest.getByLabel('Title').inputValue()).toBe('For the guest')
  expect(await guest.getByLabel('Title').isEditable()).toBe(false)
  expect(await guest.getByRole('combobox', { name: 'Status' }).isDisabled()).toBe(true)
  expect(await guest.getByRole('button', { name: 'Attach' }).count()).toBe(0)
  await guest.getByRole('textbox', { name: 'Write a comment' }).fill('I can say something, though.')
  await guest.getByRole('button', { name: 'Comment', exact: true }).click()
  await guest.getByRole('list', { name: 'Comments' }).getByText('I can say something').waitFor()
  e2e.expectNoFaults()

  await guest.goto(`/w/acme/tasks/${hidden.id}`)
  await guest.getByRole('heading', { name: 'There is nothing here' }).waitFor()
  // React says once more in the console what the page says.
  e2e.expectNoFaults(/^404 GET/, /ApiProblem: There is no such thing/)
})
