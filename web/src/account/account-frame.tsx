import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, linkOptions, Outlet } from '@tanstack/react-router'
import { useMessages } from '#web/messages/language.ts'
import { ProofProvider } from '#web/proof/proof-provider.tsx'
import { Page } from '#web/shell/page.tsx'
import { TabLinks } from '#web/shell/tab-links.tsx'

/** One's own account: it is the same in every workspace, so it stands outside them. */
export function AccountFrame() {
  const { account, notices, security, actions } = useMessages()
  const tabs = [
    { label: account.profile, link: linkOptions({ to: '/account' }), exact: true },
    { label: notices.tab, link: linkOptions({ to: '/account/notifications' }) },
    { label: security.tab, link: linkOptions({ to: '/account/security' }) },
    { label: security.activityTab, link: linkOptions({ to: '/account/activity' }) },
  ]
  return (
    <main>
      <ProofProvider>
        <Page
          title={account.title}
          actions={
            <Button component={Link} to="/" variant="default" leftSection={<IconArrowLeft size={16} />}>
              {actions.back}
            </Button>
          }
        >
          <TabLinks tabs={tabs} label={account.title} />
          <Outlet />
        </Page>
      </ProofProvider>
    </main>
  )
}
