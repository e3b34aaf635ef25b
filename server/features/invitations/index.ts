import { acceptInvitation } from '#server/features/invitations/accept-invitation.ts'
import { createInvitation } from '#server/features/invitations/create-invitation.ts'
import { deleteInvitation } from '#server/features/invitations/delete-invitation.ts'
import { getOpenInvitation } from '#server/features/invitations/get-open-invitation.ts'
import { listInvitations } from '#server/features/invitations/list-invitations.ts'
import type { Feature } from '#server/http/operation.ts'

export const invitations: Feature = {
  name: 'invitations',
  description: 'How people come into a workspace: by a link in a mail, for one address, once.',
  operations: [listInvitations, createInvitation, deleteInvitation, getOpenInvitation, acceptInvitation],
}
