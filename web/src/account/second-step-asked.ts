import type { ApiProblem, PasskeyOptions } from '#client'

/** The right password, and which second factors are asked for beside it. */
export type Asked = {
  email: string
  password: string
  factors: readonly string[]
  passkey?: PasskeyOptions | undefined
}

/** What the server asks for; undefined: the problem is another one. */
export function askedBy(
  problem: ApiProblem,
  { email, password }: Pick<Asked, 'email' | 'password'>,
): Asked | undefined {
  if (problem.code !== 'second-factor-required') return undefined
  const { factors, passkey } = problem.body as Partial<Pick<Asked, 'factors' | 'passkey'>>
  return { email, password, factors: factors ?? [], passkey }
}
