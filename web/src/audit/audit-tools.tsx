import { Button, Group, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDownload, IconShieldCheck } from '@tabler/icons-react'
import { AuditExports } from '#web/audit/audit-exports.tsx'
import { AuditProof } from '#web/audit/audit-proof.tsx'
import type { AuditSearch } from '#web/audit/audit-search.ts'
import { useMessages } from '#web/messages/language.ts'
import { useCan } from '#web/shell/use-permission.ts'

/** What can be done with the history as a whole: check it, and take it along. */
export function AuditTools({ search }: { search: AuditSearch }) {
  const { audit } = useMessages()
  const [proving, proof] = useDisclosure()
  const [exporting, exports] = useDisclosure()
  const mayExport = useCan('audit', 'export')
  return (
    <Group gap="sm">
      <Button variant="default" leftSection={<IconShieldCheck size={18} stroke={1.6} />} onClick={proof.open}>
        {audit.proof.title}
      </Button>
      {mayExport && (
        <Button variant="default" leftSection={<IconDownload size={18} stroke={1.6} />} onClick={exports.open}>
          {audit.exports.title}
        </Button>
      )}
      <Modal opened={proving} onClose={proof.close} title={audit.proof.title} size="lg">
        <AuditProof />
      </Modal>
      <Modal opened={exporting} onClose={exports.close} title={audit.exports.title} size="lg">
        <AuditExports search={search} />
      </Modal>
    </Group>
  )
}
