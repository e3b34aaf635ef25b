import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { SecondStep } from '#web/account/second-step.tsx'
import type { Asked } from '#web/account/second-step-asked.ts'
import { SignInForm } from '#web/account/sign-in-form.tsx'
import { useEnter } from '#web/account/use-enter.ts'

/** Signing in: with a password and, where the account has one, a second factor; or with a passkey alone. */
export function SignInPage() {
  const { next } = useSearch({ from: '/signin' })
  const enter = useEnter(next)
  const [asked, setAsked] = useState<Asked>()
  if (asked) return <SecondStep asked={asked} onAsked={setAsked} onDone={enter} onBack={() => setAsked(undefined)} />
  return <SignInForm onAsked={setAsked} onDone={enter} />
}
