import { Alert, Button, Group, Progress, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ImportNotes } from '#web/imports/import-notes.tsx'
import { ImportProblems } from '#web/imports/import-problems.tsx'
import { importQuery, isFinished } from '#web/imports/import-queries.ts'
import { useMessages } from '#web/messages/language.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { Page } from '#web/shell/page.tsx'

/** An import while it runs, and what it did when it has run. */
export function ImportPage() {
  const { work } = useMessages()
  const { workspace, import: id } = useParams({ from: '/signed-in/w/$workspace/imports/$import' })
  const { data: found } = useSuspenseQuery(importQuery(workspace, id))
  const { data: projects } = useSuspenseQuery(projectsQuery(workspace))
  const { status, doneCount, totalCount, result } = found
  const project = projects.find(one => one.id === found.projectId)
  return (
    <Page title={found.fileName} lead={work.imports.states[status]}>
      {!isFinished(found) && (
        <div role="status">
          <Progress
            value={totalCount > 0 ? (doneCount / totalCount) * 100 : 5}
            animated
            aria-label={work.imports.states[status]}
            size="lg"
          />
          <Text size="sm" c="dimmed" mt="xs">
            {totalCount > 0 ? work.imports.progress(doneCount, totalCount) : work.imports.reading}
          </Text>
        </div>
      )}
      {status === 'failed' && (
        <Alert color="red" variant="light" mb="md" title={work.imports.states.failed} role="alert">
          {work.imports.failedHint}
        </Alert>
      )}
      {result && <ImportProblems problems={result.problems} />}
      {status === 'done' && result && (
        <>
          <Alert color="green" variant="light" mb="md" icon={<IconCheck size={18} />} title={work.imports.arrived}>
            {Object.entries(work.imports.created)
              .map(([name, say]) => ({ count: result.created[name as keyof typeof result.created], say }))
              .filter(({ count }) => count > 0)
              .map(({ count, say }) => say(count))
              .join(' · ') || work.imports.nothingArrived}
          </Alert>
          <ImportNotes title={work.imports.converted} notes={result.converted} />
          <ImportNotes title={work.imports.notTaken} notes={result.notTaken} />
        </>
      )}
      {isFinished(found) && (
        <Group mt="lg">
          {status === 'done' && project && (
            <Link to="/w/$workspace/projects/$project" params={{ workspace, project: project.key }}>
              <Button component="span">{work.imports.toProject(project.name)}</Button>
            </Link>
          )}
          {status === 'done' && !project && (
            <Link to="/w/$workspace/projects" params={{ workspace }}>
              <Button component="span">{work.imports.toProjects}</Button>
            </Link>
          )}
          <Link to="/w/$workspace/imports/new" params={{ workspace }}>
            <Button component="span" variant="default">
              {work.imports.another}
            </Button>
          </Link>
        </Group>
      )}
    </Page>
  )
}
