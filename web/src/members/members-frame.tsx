import { linkOptions } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMessages } from '#web/messages/language.ts'
import { Page } from '#web/shell/page.tsx'
import { TabLinks } from '#web/shell/tab-links.tsx'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** The heading and the tabs of the pages about people. */
export function MembersFrame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const { members } = useMessages()
  const params = { workspace: useWorkspace() }
  const writesMembers = useCan('member', 'write')
  const readsRoles = useCan('role', 'read')
  const tabs = [
    { label: members.people, link: linkOptions({ to: '/w/$workspace/members', params }), exact: true },
    ...(writesMembers
      ? [{ label: members.invitations, link: linkOptions({ to: '/w/$workspace/members/invitations', params }) }]
      : []),
    ...(readsRoles ? [{ label: members.roles, link: linkOptions({ to: '/w/$workspace/members/roles', params }) }] : []),
  ]
  return (
    <Page title={members.title} actions={actions}>
      {tabs.length > 1 && <TabLinks tabs={tabs} label={members.title} />}
      {children}
    </Page>
  )
}
