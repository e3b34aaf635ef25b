/** A key made of a name, as the server would: the first letters of its words, without accents. */
export function suggestKey(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9 ]/g, '')
    .trim()
  const words = letters.split(/ +/).filter(Boolean)
  const initials = words.length > 1 ? words.map(word => word[0]).join('') : letters
  return initials.replace(/^[^A-Z]+/, '').slice(0, 4)
}
