import { Anchor, TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import { CodeInput } from '#web/forms/code-input.tsx'
import { useMessages } from '#web/messages/language.ts'

type Props = Omit<TextInputProps, 'onChange'> & {
  onChange?: (code: string) => void
  /** Whether there is an authenticator app; without one it is about recovery codes alone. */
  hasApp: boolean
  hasRecoveryCodes: boolean
}

/** A code of the authenticator app, or instead of it a recovery code. */
export function FactorCodeInput({ hasApp, hasRecoveryCodes, onChange, ...props }: Props) {
  const { codes } = useMessages().security
  const [wantsApp, setWantsApp] = useState(hasApp)
  const swap = () => {
    setWantsApp(!wantsApp)
    onChange?.('')
  }
  return (
    <div>
      {wantsApp ? (
        <CodeInput label={codes.ofApp} key="app" {...props} {...(onChange ? { onChange } : {})} />
      ) : (
        <TextInput
          key="recovery"
          label={codes.recovery}
          description={codes.recoveryHint}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          {...props}
          autoFocus={props.autoFocus || hasApp}
          onChange={event => onChange?.(event.currentTarget.value)}
        />
      )}
      {hasApp && hasRecoveryCodes && (
        <Anchor component="button" type="button" size="sm" mt={6} onClick={swap}>
          {wantsApp ? codes.useRecovery : codes.useApp}
        </Anchor>
      )}
    </div>
  )
}
