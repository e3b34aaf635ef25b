import { Alert, Badge, Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { Workspace } from '#client'
import { keptFor } from '#web/audit/kept-for.ts'
import { FormSection } from '#web/forms/form-section.tsx'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { workspaceQuery } from '#web/queries/workspace.ts'
import { DeleteWorkspace } from '#web/settings/delete-workspace.tsx'
import { LegalHold } from '#web/settings/legal-hold.tsx'
import { RequireFactor } from '#web/settings/require-factor.tsx'
import { SettingsFrame } from '#web/settings/settings-frame.tsx'
import { WorkspaceForm } from '#web/settings/workspace-form.tsx'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

export function GeneralPage() {
  const { settings, audit } = useMessages()
  const { date } = useFormats()
  const { data: workspace } = useSuspenseQuery(workspaceQuery(useWorkspace()))
  const writes = useCan('workspace', 'write')
  return (
    <SettingsFrame>
      <FormSection title={settings.general} hint={settings.generalHint}>
        {writes ? (
          <WorkspaceForm key={workspace.version} workspace={workspace} />
        ) : (
          <Text fw={600}>{workspace.name}</Text>
        )}
      </FormSection>
      <FormSection title={settings.plan} hint={settings.planHint}>
        <Badge size="lg">{settings.plans[workspace.plan]}</Badge>
        <Text size="sm" c="dimmed" mt="sm">
          {keptFor(audit, workspace.auditRetentionDays)} {settings.since(date(workspace.createdAt))}.
        </Text>
        {workspace.auditRetentionShrinksTo !== null && workspace.auditRetentionShrinksAt !== null && (
          <Alert color="yellow" mt="sm" title={settings.shrinks(date(workspace.auditRetentionShrinksAt))}>
            {settings.shrinksText(workspace.auditRetentionShrinksTo)}
          </Alert>
        )}
      </FormSection>
      {writes && <LegalHold workspace={workspace} />}
      {writes && <RequireFactor workspace={workspace} />}
      {writes && <Danger workspace={workspace} />}
    </SettingsFrame>
  )
}

function Danger({ workspace }: { workspace: Workspace }) {
  const { settings } = useMessages()
  const [asking, ask] = useDisclosure()
  return (
    <FormSection title={settings.danger} hint={settings.dangerHint}>
      <Button color="red" variant="outline" onClick={ask.open}>
        {settings.deleteWorkspace}
      </Button>
      {asking && <DeleteWorkspace workspace={workspace} onClose={ask.close} />}
    </FormSection>
  )
}
