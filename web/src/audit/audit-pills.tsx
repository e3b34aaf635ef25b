import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { AuditSearch } from '#web/audit/audit-search.ts'
import { useNames } from '#web/audit/use-names.ts'
import { useMessages } from '#web/messages/language.ts'

type Props = { search: AuditSearch; onRemove: (name: 'entityId' | 'request') => void }

/** The filters that come by a link from an event, and that nobody types: one object, one request. */
export function AuditPills({ search: { entityId, request }, onRemove }: Props) {
  const { audit } = useMessages()
  const names = useNames()
  const pills = [
    ...(entityId ? [{ name: 'entityId' as const, label: audit.onlyObject(names.byId(entityId) ?? '') }] : []),
    ...(request ? [{ name: 'request' as const, label: audit.onlyRequestOf(request) }] : []),
  ]
  return (
    <>
      {pills.map(({ name, label }) => (
        <Button
          key={name}
          variant="light"
          size="compact-sm"
          rightSection={<IconX size={14} aria-hidden />}
          aria-label={audit.without(label)}
          onClick={() => onRemove(name)}
        >
          {label}
        </Button>
      ))}
    </>
  )
}
