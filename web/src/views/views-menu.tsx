import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconBookmark, IconPlus, IconTrash, IconUsers } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { View } from '#client'
import { api } from '#web/api.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import type { TaskFilters } from '#web/queries/tasks.ts'
import { useMe } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { clearedFilters } from '#web/tasks/task-filters.ts'
import { SaveViewModal } from '#web/views/save-view-modal.tsx'
import { viewsQuery } from '#web/views/views-query.ts'
import classes from './views-menu.module.css'

type Props = { filters: TaskFilters; layout: 'list' | 'board' }

/** Filters that were given a name, for this project. */
export function ViewsMenu({ filters, layout }: Props) {
  const { work } = useMessages()
  const workspace = useWorkspace()
  const navigate = useNavigate()
  const { data: views = [] } = useQuery(viewsQuery(workspace))
  const [saving, setSaving] = useState(false)
  const own = views.filter(view => view.filters.project === filters.project)
  const show = ({ layout, filters: { project: _, ...saved } }: View) =>
    void navigate({
      to: '.',
      search: {
        ...clearedFilters,
        sort: undefined,
        ...saved,
        layout: layout === 'board' ? 'board' : undefined,
      } as never,
    })
  return (
    <>
      <Menu position="bottom-start" closeOnItemClick>
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconBookmark size={15} />}>
            {work.views.title}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {own.map(view => (
            <ViewItem key={view.id} view={view} onShow={() => show(view)} />
          ))}
          {own.length > 0 && <Menu.Divider />}
          <Menu.Item leftSection={<IconPlus size={15} />} onClick={() => setSaving(true)}>
            {work.views.save}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {saving && <SaveViewModal filters={filters} layout={layout} onClose={() => setSaving(false)} />}
    </>
  )
}

function ViewItem({ view, onShow }: { view: View; onShow: () => void }) {
  const { work } = useMessages()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const { member } = useMe()
  const remove = useMutation({
    mutationFn: () => api.deleteView({ path: { workspace, view: view.id }, ifMatch: `"${view.version}"` }),
    onSettled: () => client.invalidateQueries({ queryKey: keyIn(workspace, 'saved_view') }),
  })
  return (
    <div className={classes.item}>
      <Menu.Item
        onClick={onShow}
        leftSection={view.shared ? <IconUsers size={15} aria-label={work.views.shared} /> : <IconBookmark size={15} />}
      >
        {view.name}
      </Menu.Item>
      {view.memberId === member.id && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={work.views.delete(view.name)}
          onClick={() => remove.mutate()}
        >
          <IconTrash size={15} />
        </ActionIcon>
      )}
    </div>
  )
}
