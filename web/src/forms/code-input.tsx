import { TextInput, type TextInputProps } from '@mantine/core'

type Props = Omit<TextInputProps, 'onChange'> & { onChange?: (digits: string) => void }

/** Six digits of a mail or an app. Takes them pasted with whatever stands among them; phones offer them. */
export function CodeInput({ onChange, ...props }: Props) {
  return (
    <TextInput
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCorrect="off"
      spellCheck={false}
      onChange={event => onChange?.(event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 6))}
      {...props}
    />
  )
}
