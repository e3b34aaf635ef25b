import { requireSubscriber, unsubscribeParams } from '#server/features/notifications/digest-unsubscription.ts'
import { publicOperation } from '#server/http/operation.ts'

export const unsubscribeFromDigest = publicOperation({
  id: 'unsubscribeFromDigest',
  summary: 'End the digests of whoever got the mail',
  description:
    'For mail programs (RFC 8058, one click) and for the page of the link. It needs no sign-in: the link says who it is ' +
    'for, and does nothing else. The form that a mail program sends along says nothing.',
  route: 'POST /api/digest-unsubscriptions/:workspace/:token',
  params: unsubscribeParams,
  takesForm: true,
  async run({ params, services }) {
    const { workspace, memberId } = await requireSubscriber(services, params)
    await services.workspaces.system(
      workspace,
      db =>
        db
          .updateTable('member')
          .set({ digest: 'off' })
          .where('id', '=', memberId)
          .where('digest', '<>', 'off')
          .execute(),
      'unsubscribe',
    )
    services.events.wake(workspace.schema)
    return undefined
  },
})
