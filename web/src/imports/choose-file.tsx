import { Alert, Button, FileButton, Loader, Text, Title } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useFileDrop } from '#web/attachments/use-file-drop.ts'
import { describeProblem } from '#web/forms/problem.ts'
import { useMessages } from '#web/messages/language.ts'
import classes from './imports.module.css'

type Props = { reading: boolean; problem: Error | null; onChoose: (file: File) => void }

export function ChooseFile({ reading, problem, onChoose }: Props) {
  const { work } = useMessages()
  const { zone, over } = useFileDrop(([file]) => file && onChoose(file))
  return (
    <>
      {problem && (
        <Alert color="red" variant="light" mb="md" role="alert" title={work.imports.unreadable}>
          {describeProblem(problem)}
        </Alert>
      )}
      <div className={classes.drop} data-over={over || undefined} {...zone}>
        {reading ? <Loader aria-label={work.imports.reading} /> : <IconFileImport size={36} stroke={1.4} aria-hidden />}
        <Title order={2}>{work.imports.dropTitle}</Title>
        <FileButton onChange={file => file && onChoose(file)} accept=".csv,.tsv,.txt,.json,text/csv,application/json">
          {props => (
            <Button {...props} disabled={reading}>
              {work.imports.choose}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed" maw="30rem" ta="center">
          {work.imports.formatsHint}
        </Text>
      </div>
    </>
  )
}
