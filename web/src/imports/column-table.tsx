import { NativeSelect, Table, Text, Title } from '@mantine/core'
import type { ImportPreview } from '#client'
import { choiceOf, type Mapping } from '#web/imports/mapping.ts'
import { useMessages } from '#web/messages/language.ts'
import classes from './imports.module.css'

type Props = { columns: ImportPreview['columns']; mapping: Mapping; onChange: (index: number, target: string) => void }

/** Each column of the file, some of what it holds, and where it goes. */
export function ColumnTable({ columns, mapping, onChange }: Props) {
  const { work } = useMessages()
  const targets = Object.entries(work.imports.targets).map(([value, label]) => ({ value, label }))
  return (
    <section className={classes.part}>
      <Title order={2}>{work.imports.columns}</Title>
      <div className={classes.table}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{work.imports.column}</Table.Th>
              <Table.Th className={classes.samples}>{work.imports.samples}</Table.Th>
              <Table.Th>{work.imports.becomes}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.map(({ index, header, filled, samples, target }) => (
              <Table.Tr key={index}>
                <Table.Td>
                  <Text size="sm" fw={550}>
                    {header || work.imports.nameless(index + 1)}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {work.imports.filled(filled)}
                  </Text>
                </Table.Td>
                <Table.Td className={classes.samples}>
                  {samples.slice(0, 3).map(sample => (
                    <Text key={sample} size="xs" c="dimmed" truncate maw="18rem">
                      {sample}
                    </Text>
                  ))}
                </Table.Td>
                <Table.Td>
                  <NativeSelect
                    size="xs"
                    aria-label={`${header}: ${work.imports.becomes}`}
                    value={String(choiceOf(mapping, 'columns', column => column.index === index)?.target ?? target)}
                    data={targets}
                    onChange={event => onChange(index, event.currentTarget.value)}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  )
}
