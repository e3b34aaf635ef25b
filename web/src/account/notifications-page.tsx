import { Loader, NativeSelect, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import type { NotificationSettings } from '#client'
import { api } from '#web/api.ts'
import { FormSection } from '#web/forms/form-section.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { currentMessages, useMessages } from '#web/messages/language.ts'
import { notificationSettingsQuery } from '#web/queries/notifications.ts'
import { sessionQuery } from '#web/queries/session.ts'
import { ListRow, Rows } from '#web/shell/rows.tsx'
import { WorkspaceAvatar } from '#web/shell/workspace-avatar.tsx'

/** What somebody is mailed, workspace by workspace. */
export function NotificationsPage() {
  const { notices } = useMessages()
  const workspaces = useSuspenseQuery(sessionQuery).data?.workspaces ?? []
  return (
    <FormSection title={notices.title} hint={notices.hint}>
      {workspaces.length === 0 ? (
        <Text size="sm" c="dimmed">
          {notices.none}
        </Text>
      ) : (
        <Rows>
          {workspaces.map(({ id, slug, name }) => (
            <WorkspaceRow key={id} workspace={slug} name={name} />
          ))}
        </Rows>
      )}
    </FormSection>
  )
}

type Digest = NotificationSettings['digest']

function WorkspaceRow({ workspace, name }: { workspace: string; name: string }) {
  const { notices } = useMessages()
  const queryClient = useQueryClient()
  const settings = notificationSettingsQuery(workspace)
  // A workspace may ask for more before it lets in, such as a second factor.
  const { data, isError } = useQuery({ ...settings, retry: false })
  const change = useMutation({
    mutationFn: (digest: Digest) => api.updateNotificationSettings({ path: { workspace }, body: { digest } }),
    onSuccess: changed => {
      queryClient.setQueryData(settings.queryKey, changed)
      notifyDone(currentMessages().saved)
    },
  })
  return (
    <ListRow icon={<WorkspaceAvatar name={name} />} title={name} facts={isError ? notices.notOpen : undefined}>
      {data ? (
        <NativeSelect
          size="xs"
          aria-label={notices.label(name)}
          data={Object.entries(notices.digests).map(([value, label]) => ({ value, label }))}
          value={change.isPending ? change.variables : data.digest}
          disabled={change.isPending}
          onChange={event => change.mutate(event.currentTarget.value as Digest)}
        />
      ) : (
        !isError && <Loader size="sm" />
      )}
    </ListRow>
  )
}
