import { expect, test } from 'vitest'
import { startE2e } from '#tests/e2e/browser.ts'

const e2e = startE2e()
const path = { workspace: 'acme' }

test('an admin sees who is locked out and lifts the lock with one click', async () => {
  const { ada, mia } = e2e.world.acme
  for (let i = 0; i < 5; i++)
    await e2e.world.anyone.signIn({ body: { email: mia.email, password: 'wrong' } }).catch(() => undefined)
  const page = await e2e.open('/w/acme/members', { as: ada })
  await page.getByText(/^Locked out until \d/).waitFor()
  await page.getByRole('button', { name: /^Lift the lock of Mia/ }).click()
  await page.getByText('can try again.').waitFor()
  await expect.poll(() => page.getByText('Locked out').count()).toBe(0)
  expect((await ada.api.listMemberLocks({ path })).items).toEqual([])
  e2e.expectNoFaults()
})

test('the menu of a task tells an admin who can see it, and by which rule', async () => {
  const { ada, gus } = e2e.world.acme
  const project = await ada.api.createProject({ path, body: { key: 'SHOP', name: 'Shop' } })
  const task = await ada.api.createTask({ path, body: { projectId: project.id, title: 'Order the sign' } })
  const page = await e2e.open(`/w/acme/tasks/${task.id}`, { as: ada })
  const ask = async () => {
    await page.getByRole('button', { name: 'Actions for this task' }).click()
    await page.getByRole('menuitem', { name: 'Who can see this?' }).click()
    await page.getByRole('dialog').getByLabel('Member').selectOption(gus.memberId)
  }
  await ask()
  const answer = page.getByRole('dialog').getByRole('status')
  await answer.getByText('No', { exact: true }).waitFor()
  await answer.getByText(/^The role Guest allows it only/).waitFor()
  await page.keyboard.press('Escape')
  await ada.api.addViewerToTask({ path: { ...path, task: task.id, member: gus.memberId } })
  await ask()
  await answer.getByText('Yes', { exact: true }).waitFor()
  e2e.expectNoFaults()
})
