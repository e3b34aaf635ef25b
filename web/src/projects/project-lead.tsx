import { Avatar, Badge, Group, Spoiler } from '@mantine/core'
import type { Project } from '#client'
import { useMessages } from '#web/messages/language.ts'
import { PrivateBadge } from '#web/projects/project-row.tsx'
import { ProjectBadge } from '#web/shell/project-badge.tsx'
import { MarkdownText } from '#web/tasks/markdown.tsx'
import { PersonMark } from '#web/tasks/person-mark.tsx'
import { usePeople } from '#web/tasks/use-people.ts'

const shownMembers = 6

/** What a project is, under its name: key, who is in it, and its description. */
export function ProjectLead({ project }: { project: Project }) {
  const { work, actions } = useMessages()
  const people = usePeople()
  const named = project.memberIds.flatMap(id => people.find(id) ?? [])
  return (
    <>
      <Group gap="xs">
        <ProjectBadge projectKey={project.key} />
        {project.private && <PrivateBadge />}
        {project.archivedAt && (
          <Badge color="orange" variant="light" size="sm">
            {work.projects.isArchived}
          </Badge>
        )}
        {named.length > 0 && (
          <Avatar.Group spacing={6}>
            {named.slice(0, shownMembers).map(member => (
              <PersonMark key={member.id} member={member} size={24} />
            ))}
            {named.length > shownMembers && <Avatar size={24}>+{named.length - shownMembers}</Avatar>}
          </Avatar.Group>
        )}
      </Group>
      {project.description && (
        <Spoiler maxHeight={72} showLabel={actions.more} hideLabel={work.projects.less} mt="xs" maw="48rem">
          <MarkdownText text={project.description} />
        </Spoiler>
      )}
    </>
  )
}
