const longest = 255

/** A name that is safe to show and to save under: no folders, nothing invisible that misleads, never empty. */
export function cleanFileName(given: string): string {
  const base = given.split(/[/\\]/).at(-1)!
  const visible = base
    .normalize('NFC')
    .replace(misleading, '')
    .trim()
    .replace(/[. ]+$/, '')
  return shorten(visible.replace(/^\.+$/, '')) || 'file'
}

/** The header that has a browser save the file under its name, and never show it (RFC 6266, RFC 8187). */
export function contentDisposition(name: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename*=UTF-8''${encoded}`
}

// Control characters, line separators, the byte order mark, and what turns the direction of text around:
// "invoice<U+202E>fdp.exe" would be shown as "invoiceexe.pdf".
const misleading = /[\p{Cc}\u2028\u2029\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

// In characters as PostgreSQL counts them; the extension stays.
function shorten(name: string): string {
  const characters = [...name]
  if (characters.length <= longest) return name
  const extension = [...(name.match(/\.[^.]{1,20}$/u)?.[0] ?? '')]
  return [...characters.slice(0, longest - extension.length), ...extension].join('')
}
