/** The people of the demo: a small design and web studio on the coast, and one of its clients. */
export const people = {
  ada: { name: 'Ada Vermeulen', role: 'admin', rateCents: 11_000 },
  joris: { name: 'Joris de Wit', role: 'manager', rateCents: 9_800 },
  ines: { name: 'Inès Laurent', role: 'member', rateCents: 8_500 },
  lukas: { name: 'Lukas Brandt', role: 'member', rateCents: 8_900 },
  sofia: { name: 'Sofia Lindqvist', role: 'member', rateCents: 8_200 },
  pieter: { name: 'Pieter Claes', role: 'guest', rateCents: 0 },
} as const
export type Who = keyof typeof people
export const everybody = Object.keys(people) as Who[]

export const projects = {
  kaap: {
    key: 'KAAP',
    name: 'Website De Kaap',
    by: 'joris',
    description:
      'A new website and shop for the **De Kaap** brewery. Launch with the spring beer.\n\n- Design: Inès\n- Build: Lukas\n- Client: Pieter Claes',
  },
  fjord: {
    key: 'FJRD',
    name: 'Fjord & Co brand',
    by: 'ada',
    description: 'Name, mark, colours and a small book of rules for an outdoor label from Bergen.',
  },
  haven: {
    key: 'HVN',
    name: 'Havenzicht booking',
    by: 'joris',
    description: 'A booking app for a hotel of 24 rooms: phone first, three languages, pays with Bancontact and cards.',
  },
  studio: {
    key: 'STU',
    name: 'Studio affairs',
    by: 'ada',
    description: 'Contracts, hiring and money. Only Ada and Joris.',
    members: ['ada', 'joris'],
  },
  report: {
    key: 'REP',
    name: 'Annual report Waterland',
    by: 'ada',
    description: 'Printed and delivered.',
    archived: true,
  },
} as const satisfies Record<string, DemoProject>
type DemoProject = {
  key: string
  name: string
  by: Who
  description: string
  members?: readonly Who[]
  archived?: boolean
}
export type ProjectName = keyof typeof projects

export const tags = {
  design: '#be4bdb',
  frontend: '#228be6',
  backend: '#0ca678',
  copy: '#f08c00',
  client: '#e03131',
  print: '#868e96',
  research: '#7048e8',
  bug: '#fa5252',
} as const
export type TagName = keyof typeof tags

export const comments: readonly { on: string; by: Who; daysAgo: number; body: string }[] = [
  {
    on: 'Choose typefaces for headings and text',
    by: 'ines',
    daysAgo: 30,
    body: 'Three pairs in the file. My favourite is the second: it keeps its weight in small sizes.',
  },
  {
    on: 'Choose typefaces for headings and text',
    by: 'joris',
    daysAgo: 29,
    body: '@Inès the second it is. Please check that the licence covers the app as well.',
  },
  {
    on: 'Choose typefaces for headings and text',
    by: 'ines',
    daysAgo: 29,
    body: 'It does: open licence, self-hosted, 38 kB for both weights.',
  },
  {
    on: 'Design the product page of a beer',
    by: 'pieter',
    daysAgo: 9,
    body: 'Lovely. Could the alcohol percentage be a little smaller? Our neighbours complain when it shouts.',
  },
  {
    on: 'Design the product page of a beer',
    by: 'ines',
    daysAgo: 8,
    body: 'Smaller, and moved next to the bottle size. New version attached, @Pieter.',
  },
  { on: 'Design the product page of a beer', by: 'pieter', daysAgo: 7, body: 'Perfect, thank you!' },
  {
    on: 'Age check before the shop',
    by: 'lukas',
    daysAgo: 6,
    body: 'Do we store anything? I would rather keep it in the session only.',
  },
  {
    on: 'Age check before the shop',
    by: 'joris',
    daysAgo: 6,
    body: 'Session only. The lawyer agreed on the phone, @Lukas.',
  },
  {
    on: 'Photographs of the brewery',
    by: 'sofia',
    daysAgo: 4,
    body: 'Tuesday looks dry. I booked the van from **8:30**.',
  },
  {
    on: 'Photographs of the brewery',
    by: 'pieter',
    daysAgo: 3,
    body: 'We brew on Tuesday, so there will be steam. Good for the pictures!',
  },
  {
    on: 'Basket forgets its content after payment fails',
    by: 'lukas',
    daysAgo: 2,
    body: 'Reproduced: the webhook arrives before the redirect.\n\n```\n402 payment_failed\nbasket cleared at 14:02:11\n```',
  },
  {
    on: 'Basket forgets its content after payment fails',
    by: 'ada',
    daysAgo: 1,
    body: 'This one first, please, @Lukas. It costs the client orders.',
  },
  {
    on: 'Move the old articles',
    by: 'sofia',
    daysAgo: 5,
    body: '86 articles, 14 of them are worth keeping. List is in the description.',
  },
  {
    on: 'Draw the mark',
    by: 'ada',
    daysAgo: 24,
    body: 'The third sketch reads as a boat and as an F. Let us go on with that one.',
  },
  { on: 'Draw the mark', by: 'ines', daysAgo: 20, body: 'Redrawn on a grid of 24. It holds down to 16 pixels now.' },
  {
    on: 'Find a name that is free in Norway and the EU',
    by: 'sofia',
    daysAgo: 38,
    body: 'Two of the five are taken in class 25. *Fjord & Co* is free in both registers.',
  },
  {
    on: 'Colours that pass contrast on snow photographs',
    by: 'ines',
    daysAgo: 10,
    body: 'Measured all pairs: the light blue fails on white (3.1 : 1). Darkened it by two steps.',
  },
  {
    on: 'Book of rules, 24 pages',
    by: 'ada',
    daysAgo: 3,
    body: '@Sofia could you write the pages on tone? Half a page each is enough.',
  },
  { on: 'Book of rules, 24 pages', by: 'sofia', daysAgo: 2, body: 'First draft by Thursday.' },
  {
    on: 'Labels for the first twelve products',
    by: 'joris',
    daysAgo: 6,
    body: 'The printer needs the files ten days before. @Inès is the date still good?',
  },
  {
    on: 'Calendar of free rooms',
    by: 'lukas',
    daysAgo: 12,
    body: 'The hotel system answers in 1.8 s. I keep the last 60 days in a cache and refresh behind it.',
  },
  {
    on: 'Calendar of free rooms',
    by: 'joris',
    daysAgo: 11,
    body: 'Good. Show when the data is older than five minutes, @Lukas.',
  },
  {
    on: 'Talk with five guests at the reception',
    by: 'sofia',
    daysAgo: 27,
    body: 'Nobody could find the breakfast option. Everyone looked for it *after* the room, not before.',
  },
  {
    on: 'Talk with five guests at the reception',
    by: 'ines',
    daysAgo: 26,
    body: 'Then the order of the steps has to change. I made a task of it.',
  },
  {
    on: 'Summer time: a night that has 23 hours',
    by: 'lukas',
    daysAgo: 4,
    body: 'Covered by tests for 28 March 2027 and for the 25 hours of 25 October.',
  },
  {
    on: 'Wrong total for children under four',
    by: 'joris',
    daysAgo: 2,
    body: 'The hotel called about this one: two bookings last weekend.',
  },
  {
    on: 'Wrong total for children under four',
    by: 'lukas',
    daysAgo: 1,
    body: 'Fixed on my side, waiting for review, @Joris.',
  },
  {
    on: 'Offer for the museum',
    by: 'joris',
    daysAgo: 2,
    body: 'First numbers are in the sheet. I would leave the workshop optional.',
  },
  { on: 'Renew the insurance', by: 'ada', daysAgo: 8, body: 'Asked two more for an offer.' },
]
