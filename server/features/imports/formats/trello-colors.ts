/** Trello's label colours as it shows them; `_dark` and `_light` are shades of the same names. */
export function labelColor(name: string): string | undefined {
  return colors.get(name.replace(/_(dark|light)$/, ''))
}

const colors = new Map([
  ['green', '#4bce97'],
  ['yellow', '#e2b203'],
  ['orange', '#faa53d'],
  ['red', '#f87462'],
  ['purple', '#9f8fef'],
  ['blue', '#579dff'],
  ['sky', '#6cc3e0'],
  ['lime', '#94c748'],
  ['pink', '#e774bb'],
  ['black', '#8590a2'],
])
