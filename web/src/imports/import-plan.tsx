import { Alert, Badge, Button, Group, Select, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ImportPreview } from '#client'
import { describeProblem } from '#web/forms/problem.ts'
import { ColumnTable } from '#web/imports/column-table.tsx'
import { DateOrder } from '#web/imports/date-order.tsx'
import { ImportProblems } from '#web/imports/import-problems.tsx'
import { type Mapping, sendColumn, sendList, sendStatus } from '#web/imports/mapping.ts'
import { StatusTable } from '#web/imports/status-table.tsx'
import { useMessages } from '#web/messages/language.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

type Props = {
  file: File
  preview: ImportPreview
  /** The project that the import was begun from. */
  project: string | undefined
  starting: boolean
  problem: Error | null
  onStart: (mapping: Mapping | null, project: string | null) => void
  onBack: () => void
}

/** What would become of a file, to be looked at and changed before it does. */
export function ImportPlan({ file, preview, project, starting, problem, onStart, onBack }: Props) {
  const { work, actions } = useMessages()
  const { data: projects } = useSuspenseQuery(projectsQuery(useWorkspace()))
  const [mapping, setMapping] = useState(preview.mapping)
  const [target, setTarget] = useState<string | null>(project ?? null)
  const open = projects.filter(one => !one.archivedAt)
  const hasTitle = preview.columns.length === 0 || JSON.stringify(mapping?.columns).includes('"target":"title"')
  return (
    <>
      <Group mb="md" gap="sm">
        <Text fw={600}>{file.name}</Text>
        <Badge variant="light">{preview.tool}</Badge>
        <Text c="dimmed">{work.imports.rows(preview.rowCount)}</Text>
        <Button variant="subtle" size="compact-sm" onClick={onBack}>
          {work.imports.another}
        </Button>
      </Group>
      {preview.warnings.length > 0 && (
        <Alert
          color="orange"
          variant="light"
          mb="md"
          icon={<IconAlertTriangle size={18} />}
          title={work.imports.warnings}
        >
          {preview.warnings.map(warning => (
            <div key={warning}>{warning}</div>
          ))}
        </Alert>
      )}
      <ImportProblems problems={preview.problems} />
      <Select
        label={work.imports.target}
        description={work.imports.targetHint}
        placeholder={work.imports.targetNew}
        data={open.map(({ id, key, name }) => ({ value: id, label: `${key} · ${name}` }))}
        clearable
        searchable
        maw="26rem"
        mb="lg"
        value={target}
        onChange={setTarget}
      />
      {mapping && <DateOrder preview={preview} mapping={mapping} onChange={setMapping} />}
      {mapping && preview.columns.length > 0 && (
        <ColumnTable
          columns={preview.columns}
          mapping={mapping}
          onChange={(index, to) => setMapping(sendColumn(mapping, index, to))}
        />
      )}
      {mapping && preview.statuses.length > 0 && (
        <StatusTable
          title={work.imports.statuses}
          part="statuses"
          mapping={mapping}
          rows={preview.statuses.map(({ from, ...word }) => ({ ...word, id: from, name: from, key: 'from' as const }))}
          onChange={(from, to) => setMapping(sendStatus(mapping, from, to))}
        />
      )}
      {mapping && preview.lists.length > 0 && (
        <StatusTable
          title={work.imports.lists}
          part="lists"
          mapping={mapping}
          rows={preview.lists.map(({ id, name, cards, archived, ...list }) => ({
            ...list,
            id,
            name: archived ? work.imports.archivedList(name) : name,
            count: cards,
            key: 'id' as const,
          }))}
          onChange={(id, to) => setMapping(sendList(mapping, id, to))}
        />
      )}
      {problem && (
        <Alert color="red" variant="light" mb="md" role="alert">
          {describeProblem(problem)}
        </Alert>
      )}
      {!hasTitle && (
        <Text c="red" size="sm" mb="sm" role="alert">
          {work.imports.noTitle}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          {actions.back}
        </Button>
        <Button loading={starting} disabled={!hasTitle} onClick={() => onStart(mapping, target)}>
          {work.imports.go(preview.rowCount)}
        </Button>
      </Group>
    </>
  )
}
