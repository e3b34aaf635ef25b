import { linkOptions } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMessages } from '#web/messages/language.ts'
import { Page } from '#web/shell/page.tsx'
import { TabLinks } from '#web/shell/tab-links.tsx'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** The heading and the tabs of the settings that the caller may open. */
export function SettingsFrame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const { settings, signOn } = useMessages()
  const params = { workspace: useWorkspace() }
  const may = {
    tags: useCan('tag', 'read'),
    signOn: useCan('workspace', 'write'),
    webhooks: useCan('webhook', 'read'),
    integrations: useCan('integration', 'read'),
  }
  const tabs = [
    { label: settings.general, link: linkOptions({ to: '/w/$workspace/settings', params }), exact: true },
    ...(may.tags ? [{ label: settings.tags, link: linkOptions({ to: '/w/$workspace/settings/tags', params }) }] : []),
    { label: settings.tokens, link: linkOptions({ to: '/w/$workspace/settings/tokens', params }) },
    ...(may.signOn
      ? [{ label: signOn.tab, link: linkOptions({ to: '/w/$workspace/settings/single-sign-on', params }) }]
      : []),
    ...(may.webhooks
      ? [{ label: settings.webhooks, link: linkOptions({ to: '/w/$workspace/settings/webhooks', params }) }]
      : []),
    ...(may.integrations
      ? [{ label: settings.integrations, link: linkOptions({ to: '/w/$workspace/settings/integrations', params }) }]
      : []),
  ]
  return (
    <Page title={settings.title} actions={actions}>
      <TabLinks tabs={tabs} label={settings.title} />
      {children}
    </Page>
  )
}
