import { queryOptions } from '@tanstack/react-query'
import { api } from '#web/api.ts'
import { keyIn } from '#web/queries/keys.ts'

export const invitationsQuery = (workspace: string) =>
  queryOptions({
    queryKey: keyIn(workspace, 'invitation', 'list'),
    queryFn: ({ signal }) => api.listInvitations({ path: { workspace }, query: { limit: 200 }, signal }),
  })

/** An invitation as the one sees it who holds its link, signed in or not. */
export const openInvitationQuery = (path: { workspace: string; token: string }) =>
  queryOptions({
    queryKey: ['open-invitation', path.workspace, path.token],
    meta: { nameless: true },
    queryFn: ({ signal }) => api.getOpenInvitation({ path, signal }),
  })
