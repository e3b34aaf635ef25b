/** Kontor's mark, as in favicon.svg. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#1e6a71" />
      <path d="M9 7.5v17" stroke="#fff" strokeWidth="3.6" strokeLinecap="round" />
      <path
        d="M22.5 8 14 16l8.5 8"
        fill="none"
        stroke="#fff"
        strokeWidth="3.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="23.8" cy="16" r="2.3" fill="#f2b84b" />
    </svg>
  )
}
