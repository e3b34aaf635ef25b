const mostWords = 16

/**
 * What somebody typed as a tsquery: all words have to be there, and the last may be the beginning of one. Each word is
 * quoted, so that nothing in it is an operator. Undefined where there is nothing to look for.
 */
export function toQueryText(typed: string): string | undefined {
  const words = typed
    .split(/\s+/)
    .filter(word => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords)
  if (words.length === 0) return undefined
  return `${words.map(word => `'${word.replace(/['\\]/g, '$&$&')}'`).join(' & ')}:*`
}

/** The key of a task, as somebody types it: `web-12`. */
export function toTaskKey(typed: string): { projectKey: string; number: number } | undefined {
  const [, key, number] = typed.trim().match(/^([a-z][a-z0-9]{0,9})-([1-9]\d{0,8})$/i) ?? []
  return key && number ? { projectKey: key.toUpperCase(), number: Number(number) } : undefined
}
