import { unsubscribeParams } from '#server/features/notifications/digest-unsubscription.ts'
import { publicOperation } from '#server/http/operation.ts'
import { linkTo } from '#server/mail/link.ts'

export const openDigestUnsubscription = publicOperation({
  id: 'openDigestUnsubscription',
  summary: 'Go to the page that asks before it ends the digests',
  description: 'Changes nothing, because programs that look through mails follow its links.',
  route: 'GET /api/digest-unsubscriptions/:workspace/:token',
  params: unsubscribeParams,
  redirects: true,
  run: async ({ params, services }) => ({
    location: linkTo(services.config, `/unsubscribe/${params.workspace}/${params.token}`),
  }),
})
