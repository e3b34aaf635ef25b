import { randomInt } from 'node:crypto'

// About 130 words: four of them and two digits are 34 bits, behind the limits on sign-in.
const words =
  `amber anchor apple arrow atlas autumn badge bakery basket beacon bicycle birch blanket bottle bridge bronze
  brook bucket butter button cable candle canvas castle cedar chalk cherry circle cloud clover cobalt comet copper coral
  cotton cradle crystal daisy desert dolphin drawer eagle echo ember engine falcon feather fennel fiddle forest fossil
  garden ginger glacier granite guitar hammer harbor hazel helmet hermit hollow honey island ivory jacket jasmine jungle
  kernel kettle ladder lantern lemon lentil lily lobster magnet maple marble meadow melon mirror mitten mosaic mustard
  nectar needle north nutmeg oasis ocean olive orchard oyster paddle panther paper parsley pebble pepper piano pigeon
  pillow planet plaster pocket poplar prairie puzzle quarry quartz rabbit raven ribbon river rocket saddle saffron salmon
  shadow silver sparrow spring thistle timber tulip tunnel turtle umbrella valley velvet violet walnut willow winter`.split(
    /\s+/,
  )

/** Four words and a number, such as `amber-kettle-north-willow-42`: easy to type from a terminal. */
export function passphrase(): string {
  const chosen = Array.from({ length: 4 }, () => words[randomInt(words.length)])
  return [...chosen, randomInt(10, 100)].join('-')
}
