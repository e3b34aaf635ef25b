import { ActionIcon, Button, ColorSwatch } from '@mantine/core'
import { IconPencil, IconPlus, IconTag, IconTrash } from '@tabler/icons-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Tag } from '#client'
import { api } from '#web/api.ts'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { tagsQuery } from '#web/queries/workspace.ts'
import { SettingsFrame } from '#web/settings/settings-frame.tsx'
import { ListRow, Rows } from '#web/shell/rows.tsx'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { TagModal } from '#web/tags/tag-modal.tsx'

export function TagsPage() {
  const { settings } = useMessages()
  const { data: tags } = useSuspenseQuery(tagsQuery(useWorkspace()))
  const [making, setMaking] = useState(false)
  const creates = useCan('tag', 'create')
  const button = creates && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setMaking(true)}>
      {settings.newTag}
    </Button>
  )
  const none = tags.length === 0
  return (
    <SettingsFrame actions={!none && button}>
      {none && (
        <EmptyState icon={IconTag} title={settings.noTags} hint={settings.noTagsHint}>
          {button}
        </EmptyState>
      )}
      <Rows>
        {tags.map(tag => (
          <TagRow key={tag.id} tag={tag} />
        ))}
      </Rows>
      {making && <TagModal onClose={() => setMaking(false)} />}
    </SettingsFrame>
  )
}

function TagRow({ tag }: { tag: Tag }) {
  const { settings, actions } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const [asking, setAsking] = useState<'edit' | 'delete'>()
  const may = { update: useCan('tag', 'update'), delete: useCan('tag', 'delete') }
  const close = () => setAsking(undefined)
  return (
    <ListRow icon={<ColorSwatch color={tag.color} size={16} withShadow={false} />} title={tag.name}>
      {may.update && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`${actions.edit}: ${tag.name}`}
          onClick={() => setAsking('edit')}
        >
          <IconPencil size={17} />
        </ActionIcon>
      )}
      {may.delete && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`${actions.delete}: ${tag.name}`}
          onClick={() => setAsking('delete')}
        >
          <IconTrash size={17} />
        </ActionIcon>
      )}
      {asking === 'edit' && <TagModal tag={tag} onClose={close} />}
      {asking === 'delete' && (
        <ConfirmModal
          title={settings.deleteTagTitle(tag.name)}
          text={settings.deleteTagText}
          confirmLabel={actions.delete}
          act={() => api.deleteTag({ path: { workspace, tag: tag.id } })}
          onDone={() => queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'tag') })}
          onClose={close}
        />
      )}
    </ListRow>
  )
}
