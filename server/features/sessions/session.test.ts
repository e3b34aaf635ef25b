import { expect, test } from 'vitest'
import { describeDevice } from './session.ts'

test('a device is named as its owner would name it', () => {
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
  expect(
    describeDevice(`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/130.0 Safari/537.36 Edg/130.0`),
  ).toBe('Edge, Windows')
  expect(describeDevice(`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/130.0 Safari/537.36`)).toBe('Chrome, Linux')
  expect(describeDevice('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
    'Firefox, Linux',
  )
  expect(
    describeDevice('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1'),
  ).toBe('Safari, iPhone')
  expect(describeDevice('curl/8.5.0')).toBe('curl')
  expect(describeDevice('')).toBe('Unknown')
})
