import { Alert, Button, Divider } from '@mantine/core'
import { IconAlertCircle, IconBuilding } from '@tabler/icons-react'
import { Link, useSearch } from '@tanstack/react-router'
import { useMessages } from '#web/messages/language.ts'
import classes from './sign-on-entry.module.css'

/** On the sign-in page: the way to the sign-in of one's organisation. */
export function SignOnEntry() {
  const { signOn } = useMessages()
  const { next, workspace } = useSearch({ from: '/signin' })
  return (
    <>
      <Divider my="lg" />
      <Button
        variant="default"
        fullWidth
        classNames={{ root: classes.root, label: classes.label }}
        leftSection={<IconBuilding size={18} stroke={1.6} />}
        renderRoot={props => <Link to="/signin/organisation" search={{ next, workspace }} {...props} />}
      >
        {signOn.signIn}
      </Button>
    </>
  )
}

/** Why somebody comes back from there without being signed in. */
export function SignOnProblem() {
  const { signOn } = useMessages()
  const { problem } = useSearch({ from: '/signin' })
  const sentences: Record<string, string> = signOn.problems
  const sentence = problem === undefined ? undefined : sentences[problem]
  if (!sentence) return null
  return (
    <Alert color="red" variant="light" icon={<IconAlertCircle size={18} />} role="alert" mb="md">
      {sentence}
    </Alert>
  )
}
