import { Alert, Anchor } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMessages } from '#web/messages/language.ts'

/** Where the mail is on a server that sends none. */
export function DevelopmentMail() {
  const { account } = useMessages()
  const { data: served } = useQuery({
    queryKey: ['development-mail'],
    staleTime: Number.POSITIVE_INFINITY,
    enabled: ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname),
    // An address that the server does not know answers with the page itself.
    queryFn: async () => {
      const response = await fetch('/dev/mail')
      return response.ok && !(await response.text()).includes('id="root"')
    },
  })
  if (!served) return null
  return (
    <Alert variant="light" icon={<IconMail size={18} />}>
      {account.devMail}{' '}
      <Anchor href="/dev/mail" target="_blank" inherit>
        /dev/mail
      </Anchor>
    </Alert>
  )
}
