import { Checkbox, Group, MultiSelect, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Project } from '#client'
import { FormModal } from '#web/forms/form-modal.tsx'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { saveProject } from '#web/projects/save-project.ts'
import { suggestKey } from '#web/projects/suggest-key.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { useMe } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { usePeople } from '#web/tasks/use-people.ts'

/** A new project, or one that is there. */
export function ProjectModal({ project, onClose }: { project?: Project; onClose: () => void }) {
  const { work, actions, fields } = useMessages()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const navigate = useNavigate()
  const people = usePeople()
  const { member } = useMe()
  const initialValues = project
    ? {
        name: project.name,
        key: project.key,
        description: project.description,
        private: project.private,
        memberIds: project.memberIds,
      }
    : { name: '', key: '', description: '', private: false, memberIds: [member.id] }
  const of = useApiForm({
    initialValues,
    validate: {
      name: value => (value.trim() ? null : fields.required),
      key: value => (/^([A-Z][A-Z0-9]{0,9})?$/.test(value) ? null : work.projects.keyInvalid),
    },
    send: (values, call) => saveProject(workspace, project, values, call),
    onDone: async saved => {
      await client.invalidateQueries({ queryKey: projectsQuery(workspace).queryKey })
      if (saved.key !== project?.key)
        await navigate({ to: '/w/$workspace/projects/$project', params: { workspace, project: saved.key } })
      onClose()
    },
  })
  const { form } = of
  return (
    <FormModal
      title={project ? work.projects.edit : work.projects.create}
      of={of}
      submitLabel={project ? actions.save : work.projects.create}
      onClose={onClose}
    >
      <Group align="flex-start" wrap="nowrap">
        <TextInput label={fields.name} maxLength={200} flex={1} data-autofocus {...form.getInputProps('name')} />
        <TextInput
          label={work.projects.key}
          w="7rem"
          placeholder={suggestKey(form.values.name)}
          {...form.getInputProps('key')}
          onChange={event => form.setFieldValue('key', event.currentTarget.value.toUpperCase())}
        />
      </Group>
      <Textarea
        label={fields.description}
        description={work.task.markdownHint}
        autosize
        minRows={3}
        maxRows={12}
        {...form.getInputProps('description')}
      />
      <Checkbox
        label={work.projects.private}
        description={work.projects.privateHint}
        {...form.getInputProps('private', { type: 'checkbox' })}
      />
      <MultiSelect
        label={work.projects.members}
        description={work.projects.membersHint}
        data={people.options()}
        searchable
        value={form.values.memberIds}
        onChange={ids => form.setFieldValue('memberIds', ids)}
      />
    </FormModal>
  )
}
