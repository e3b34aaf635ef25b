import { type PasswordInputProps, Progress, VisuallyHidden } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import {
  faultSaid,
  type Judgement,
  judgePassword,
  shortestAlone,
  shortestWithFactor,
} from '#web/forms/judge-password.ts'
import { PasswordField } from '#web/forms/password-field.tsx'
import { useMessages } from '#web/messages/language.ts'

/** `unknown`: nobody can say before the server does, as when the password is forgotten. */
export type HasFactor = boolean | 'unknown'

type Props = PasswordInputProps & {
  value?: string
  /** The name and the e-mail address of whose it is. */
  own?: readonly string[]
  /** Beside a second factor it may be shorter. */
  hasFactor?: HasFactor
}

/** A new password, with words on how good it is while it is typed. */
export function NewPasswordInput({ value = '', own = [], hasFactor = false, error, ...props }: Props) {
  const judgement = judgePassword(value, { own, shortest: hasFactor === true ? shortestWithFactor : shortestAlone })
  const hint = useHint(value, judgement, hasFactor)
  const [settled] = useDebouncedValue(hint, 900)
  const { faults } = useMessages().account.password
  const said = typeof error === 'string' ? faultSaid(error) : undefined
  return (
    <div>
      <PasswordField
        autoComplete="new-password"
        value={value}
        error={said ? faults[said] : error}
        description={error ? undefined : hint}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        {...props}
      />
      <Progress
        value={value === '' ? 0 : judgement.strength}
        color={judgement.fault ? 'red' : judgement.missing > 0 ? 'orange' : 'petrol'}
        size={4}
        mt={6}
        aria-hidden
      />
      <VisuallyHidden role="status">{value === '' ? '' : settled}</VisuallyHidden>
    </div>
  )
}

function useHint(value: string, { fault, missing, strength }: Judgement, hasFactor: HasFactor): string {
  const { password } = useMessages().account
  if (value === '') return password.hints[hasFactor === 'unknown' ? 'unknown' : hasFactor ? 'short' : 'alone']
  if (fault) return password.faults[fault]
  const isShortOne = hasFactor === 'unknown' && missing > 0 && missing <= shortestAlone - shortestWithFactor
  if (isShortOne) return password.withFactorOnly(missing)
  if (missing > 0) return password.missing(missing)
  return strength < 100 ? password.enough : password.strong
}
