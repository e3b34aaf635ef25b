import Type, { type Static } from 'typebox'
import type { Reader } from '#server/database/door.ts'
import { changes, oneOf, Version } from '#server/http/schemas.ts'

const Digest = oneOf(['off', 'daily', 'weekdays'], {
  description:
    'A mail at eight in the morning (Europe/Brussels) with what is unread since the last one, or none where nothing is: ' +
    'every day, or from Monday to Friday',
})

export const NotificationSettings = Type.Object({ digest: Digest, version: Version }, { $id: 'NotificationSettings' })
export type NotificationSettings = Static<typeof NotificationSettings>

export const NotificationSettingsChanges = changes({ digest: Digest })

export async function ownSettings(db: Reader): Promise<NotificationSettings> {
  const { digest, version } = await db.require('member', db.access.memberId)
  return { digest: digest as NotificationSettings['digest'], version }
}
