import { Badge } from '@mantine/core'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'

const soonMs = 14 * 86_400_000

/** When a token ends: plain where that is far off, and standing out where it is near, past or never. */
export function ExpiryBadge({ expiresAt }: { expiresAt: string | null }) {
  const { settings } = useMessages()
  const { date, relative } = useFormats()
  if (!expiresAt) {
    return (
      <Badge variant="outline" color="orange">
        {settings.tokenNoExpiry}
      </Badge>
    )
  }
  const left = Date.parse(expiresAt) - Date.now()
  if (left <= 0) {
    return (
      <Badge variant="light" color="red">
        {settings.tokenExpired(date(expiresAt))}
      </Badge>
    )
  }
  return (
    <Badge variant="light" color={left < soonMs ? 'orange' : 'gray'} title={date(expiresAt)}>
      {settings.tokenExpires(left < soonMs ? relative(expiresAt) : date(expiresAt))}
    </Badge>
  )
}
