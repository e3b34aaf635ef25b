import { type UseFormInput, type UseFormReturnType, useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useRef, useState } from 'react'
import { ApiProblem } from '#client'
import { newIdempotencyKey } from '#web/api.ts'
import { describeProblem, fieldErrors } from '#web/forms/problem.ts'
import { useFocusOnFault } from '#web/forms/use-focus-on-fault.ts'

type Options<V extends Record<string, unknown>, R> = UseFormInput<V> & {
  initialValues: V
  /** Sends the values. The key is the same when the same values are sent again after a failure. */
  send: (values: V, call: { idempotencyKey: string }) => Promise<R>
  onDone: (result: R, values: V) => void | Promise<void>
  /** Looks at a problem first; true: it is dealt with, perhaps at a field of the form. */
  onProblem?: (problem: ApiProblem, values: V, form: UseFormReturnType<V>) => boolean
  /** A 401 is about what was typed, as at sign-in. */
  nameless?: boolean
}

export type ApiForm<V extends Record<string, unknown>> = {
  form: UseFormReturnType<V>
  pending: boolean
  /** What is wrong with no field in particular. */
  problem: string | undefined
  submit: (event?: SyntheticEvent<HTMLFormElement>) => void
}

/** A form whose values an operation takes: a problem's pointers land on their fields. */
export function useApiForm<V extends Record<string, unknown>, R>({
  send,
  onDone,
  onProblem,
  nameless,
  ...input
}: Options<V, R>): ApiForm<V> {
  const form = useForm<V>(input)
  const [problem, setProblem] = useState<string>()
  const focus = useFocusOnFault(form.errors)
  const lastSent = useRef({ json: '', key: '' })
  const mutation = useMutation({
    meta: { handlesProblem: true, nameless: nameless ?? false },
    mutationFn: (values: V) => {
      setProblem(undefined)
      const json = JSON.stringify(values)
      if (json !== lastSent.current.json) lastSent.current = { json, key: newIdempotencyKey() }
      return send(values, { idempotencyKey: lastSent.current.key })
    },
    onSuccess: (result, values) => {
      lastSent.current = { json: '', key: '' }
      return onDone(result, values)
    },
    onError: (error, values) => {
      focus.soon()
      if (!(error instanceof ApiProblem)) return setProblem(describeProblem(error))
      if (onProblem?.(error, values, form)) return
      const { errors, rest } = fieldErrors(error, Object.keys(values))
      form.setErrors(errors)
      setProblem(Object.keys(errors).length > 0 ? rest[0] : describeProblem(error))
    },
  })
  const submit = form.onSubmit(
    (values, event) => {
      focus.within(event)
      mutation.mutate(values)
    },
    (_errors, _values, event) => {
      focus.within(event)
      focus.soon()
    },
  )
  // What went wrong is told a moment before the mutation ends; whoever reads it must be able to send again.
  const { isPending: pending } = mutation
  return { form, pending, problem: pending ? undefined : problem, submit }
}
