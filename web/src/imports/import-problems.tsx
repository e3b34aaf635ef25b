import { Alert } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import type { ImportPreview } from '#client'
import { useMessages } from '#web/messages/language.ts'

/** What is wrong with a file, and where. */
export function ImportProblems({ problems }: { problems: ImportPreview['problems'] }) {
  const { work } = useMessages()
  if (problems.length === 0) return null
  const place = ({ row, column, where }: ImportPreview['problems'][number]) =>
    [row !== null && work.imports.row(row), column !== null && work.imports.inColumn(column), where]
      .filter(Boolean)
      .join(', ')
  return (
    <Alert
      color="red"
      variant="light"
      mb="md"
      icon={<IconAlertCircle size={18} />}
      title={work.imports.problems(problems.length)}
      role="alert"
    >
      <ul style={{ margin: 0, paddingInlineStart: '1.2rem' }}>
        {problems.map(problem => (
          <li key={`${place(problem)}${problem.message}`}>
            {place(problem) && <b>{place(problem)}: </b>}
            {problem.message}
          </li>
        ))}
      </ul>
    </Alert>
  )
}
