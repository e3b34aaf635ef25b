/** The languages of the web client and of mails. */
export const languages = ['en', 'nl', 'fr', 'de'] as const
export type Language = (typeof languages)[number]

/** The first of ours that a browser asks for (RFC 9110, section 12.5.4), else English. */
export function preferredLanguage(acceptLanguage: string | string[] | undefined): Language {
  const wanted = String(acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map(part => {
      const [tag = '', ...parameters] = part.split(';').map(piece => piece.trim().toLowerCase())
      const quality = Number(parameters.find(each => each.startsWith('q='))?.slice(2) ?? 1)
      return { language: tag.split('-')[0], quality: Number.isFinite(quality) ? quality : 0 }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  const found = wanted.find(({ language }) => languages.some(each => each === language))
  return (found?.language as Language | undefined) ?? 'en'
}
