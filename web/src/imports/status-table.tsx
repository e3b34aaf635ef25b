import { NativeSelect, Table, Text, Title } from '@mantine/core'
import { choiceOf, type Mapping } from '#web/imports/mapping.ts'
import { useMessages } from '#web/messages/language.ts'
import { StatusMark } from '#web/tasks/status-mark.tsx'
import { type Status, statuses } from '#web/tasks/task.ts'
import classes from './imports.module.css'

type Row = { id: string; name: string; count: number; sure: boolean; to: Status; key: 'from' | 'id' }
type Props = {
  title: string
  part: 'statuses' | 'lists'
  rows: Row[]
  mapping: Mapping
  onChange: (id: string, to: Status) => void
}

/** Which status each word or list of the other tool becomes. */
export function StatusTable({ title, part, rows, mapping, onChange }: Props) {
  const messages = useMessages()
  const { imports } = messages.work
  return (
    <section className={classes.part}>
      <Title order={2}>{title}</Title>
      <div className={classes.table}>
        <Table verticalSpacing="xs">
          <Table.Tbody>
            {rows.map(({ id, name, count, sure, to, key }) => {
              const chosen = (choiceOf(mapping, part, one => one[key] === id)?.to ?? to) as Status
              return (
                <Table.Tr key={id}>
                  <Table.Td>
                    <Text size="sm" fw={550}>
                      {name}
                    </Text>
                    <Text size="xs" c={sure ? 'dimmed' : 'orange'}>
                      {imports.tasks(count)}
                      {!sure && ` · ${imports.guess}`}
                    </Text>
                  </Table.Td>
                  <Table.Td w="12rem">
                    <NativeSelect
                      size="xs"
                      aria-label={`${name}: ${imports.becomes}`}
                      leftSection={<StatusMark status={chosen} size={15} />}
                      value={chosen}
                      data={statuses.map(value => ({ value, label: messages.statuses[value] }))}
                      onChange={event => onChange(id, event.currentTarget.value as Status)}
                    />
                  </Table.Td>
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  )
}
