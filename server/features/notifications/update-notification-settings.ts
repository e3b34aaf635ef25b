import { refuseNarrowedToken } from '#server/features/members/member-queries.ts'
import {
  NotificationSettings,
  NotificationSettingsChanges,
  ownSettings,
} from '#server/features/notifications/notification-settings.ts'
import { operation } from '#server/http/operation.ts'
import { inWorkspace } from '#server/http/schemas.ts'

export const updateNotificationSettings = operation({
  id: 'updateNotificationSettings',
  summary: 'Change what one is mailed',
  description: 'Once digests are on again, the first one begins with what comes from then on.',
  route: 'PATCH /api/workspaces/:workspace/me/notification-settings',
  needs: 'membership',
  params: inWorkspace(),
  body: NotificationSettingsChanges,
  example: { digest: 'daily' },
  returns: NotificationSettings,
  async run({ db, body, request }) {
    const member = await db.require('member', db.access.memberId, 'self', request.ifMatch)
    await refuseNarrowedToken(db)
    if (body.digest === undefined) return ownSettings(db)
    await db.update('member', 'self').set({ digest: body.digest }).where('member.id', '=', member.id).execute()
    if (member.digest === 'off')
      await db
        .update('notification', 'write')
        .set({ digest_on: member.digest_on })
        .where('notification.read_at', 'is', null)
        .where('notification.digest_on', '>', member.digest_on)
        .execute()
    return ownSettings(db)
  },
})
