import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useMessages } from '#web/messages/language.ts'

/** A password, which can be shown: by the keyboard too. */
export function PasswordField(props: PasswordInputProps) {
  const { password } = useMessages().account
  return (
    <PasswordInput
      aria-invalid={Boolean(props.error) || undefined}
      autoCapitalize="none"
      spellCheck={false}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': password.show }}
      {...props}
    />
  )
}
