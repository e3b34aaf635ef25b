import { MultiSelect } from '@mantine/core'
import { auditActions, describeAction } from '#web/audit/actions.ts'
import { useMessages } from '#web/messages/language.ts'

type Props = { value: string[]; onChange: (value: string[]) => void; error?: string }

/** Which kinds of events are sent; none chosen: all. */
export function EventSelect(props: Props) {
  const messages = useMessages()
  const data = auditActions.map(action => ({ value: action, label: describeAction(action, messages) }))
  return (
    <MultiSelect
      label={messages.settings.events}
      description={messages.settings.eventsHint}
      data={data}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': messages.actions.clear }}
      maxDropdownHeight={240}
      {...props}
    />
  )
}
