import { Input, MultiSelect, TagsInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { Tag, Task } from '#client'
import { api } from '#web/api.ts'
import { notifyProblem } from '#web/forms/problem.ts'
import { useMessages } from '#web/messages/language.ts'
import { tagsQuery } from '#web/queries/workspace.ts'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { TagChip } from '#web/tasks/tag-chip.tsx'
import type { ChangeTask } from '#web/tasks/use-change-task.ts'
import { useTags } from '#web/tasks/use-tags.ts'
import classes from './tags-field.module.css'

/** The tags of a task; a new name makes a new tag where the caller may make one. */
export function TagsField({ task, change }: { task: Task; change: ChangeTask | undefined }) {
  const { work } = useMessages()
  const tags = useTags()
  const mayCreate = useCan('tag', 'create')
  const saveNames = useSaveNames(task, change)
  const own = task.tagIds.flatMap(id => tags.get(id) ?? [])
  const label = work.task.fields.tagIds
  if (!change) {
    return own.length === 0 ? null : (
      <Input.Wrapper label={label} labelElement="div">
        <div className={classes.chips}>
          {own.map(tag => (
            <TagChip key={tag.id} tag={tag} />
          ))}
        </div>
      </Input.Wrapper>
    )
  }
  const shared = {
    label,
    placeholder: own.length === 0 ? work.task.addTag : '',
    clearable: false,
    maxDropdownHeight: 260,
  }
  if (!mayCreate) {
    const data = [...tags.values()].map(({ id, name }) => ({ value: id, label: name }))
    return (
      <MultiSelect
        {...shared}
        data={data}
        searchable
        value={task.tagIds}
        onChange={tagIds => void change(task, { tagIds })}
      />
    )
  }
  const data = [...tags.values()].map(tag => tag.name)
  return (
    <TagsInput
      {...shared}
      data={data}
      acceptValueOnBlur={false}
      maxTags={50}
      value={own.map(tag => tag.name)}
      onChange={saveNames}
    />
  )
}

function useSaveNames(task: Task, change: ChangeTask | undefined) {
  const workspace = useWorkspace()
  const client = useQueryClient()
  const tags = useTags()
  return async (names: string[]) => {
    try {
      const found = await Promise.all(names.map(name => named(tags, name) ?? create(name)))
      await change?.(task, { tagIds: [...new Set(found.map(tag => tag.id))] })
    } catch (error) {
      notifyProblem(error)
    }
  }
  async function create(name: string): Promise<Tag> {
    const tag = await api.createTag({ path: { workspace }, body: { name: name.trim() } })
    client.setQueryData(tagsQuery(workspace).queryKey, (known = []) => [...known, tag])
    return tag
  }
}

function named(tags: ReadonlyMap<string, Tag>, name: string): Tag | undefined {
  const wanted = name.trim().toLocaleLowerCase()
  return [...tags.values()].find(tag => tag.name.toLocaleLowerCase() === wanted)
}
