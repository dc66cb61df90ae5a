/** What the shop sells, and what it says about itself. */

export const products = [
  {
    id: 'skillet',
    name: 'Everyday skillet',
    price: 69,
    weight: 2.1,
    tagline: 'Eggs, steaks, cornbread. In that order, if you like.',
    story:
      'Poured in sand, machined smooth and oiled twice. The helper handle is wide enough for a folded towel, and both sides pour.',
    facts: {
      Diameter: '26 cm',
      Weight: '2.1 kg',
      Seasoning: 'Linseed oil',
      'Works on': 'Every hob, oven, open fire',
    },
  },
  {
    id: 'cocotte',
    name: 'Sunday cocotte',
    price: 149,
    weight: 4.8,
    tagline: 'Four litres of patience, with a lid that keeps it in.',
    story:
      'Three coats of enamel outside, matte black inside. The ridges under the lid return every drop to the roast.',
    facts: { Volume: '4.2 l', Weight: '4.8 kg', Finish: 'Enamel', 'Works on': 'Every hob, oven' },
  },
  {
    id: 'kettle',
    name: 'Hobnail kettle',
    price: 98,
    weight: 1.7,
    tagline: 'Boils slowly, stays hot, looks after the room.',
    story:
      'A teapot cast in one piece after an old pattern: four hundred nubs keep the hand away from the heat and the tea inside it.',
    facts: { Volume: '1.1 l', Weight: '1.7 kg', Inside: 'Enamel', 'Works on': 'Tea light, trivet' },
  },
  {
    id: 'griddle',
    name: 'Ridge griddle',
    price: 84,
    weight: 3.3,
    tagline: 'The stripes are not only for show.',
    story:
      'Ten deep ridges keep vegetables out of their own steam. Two loop handles, because it is heavy when it is hot.',
    facts: {
      Size: '27 × 27 cm',
      Weight: '3.3 kg',
      Seasoning: 'Linseed oil',
      'Works on': 'Every hob, oven, grill',
    },
  },
  {
    id: 'mortar',
    name: 'Spice mortar',
    price: 54,
    weight: 2.6,
    tagline: 'Pepper gives up at the first sight of it.',
    story:
      'Heavy enough to stay put, rough enough to bite. Grind a handful of rice before the first use, then never wash it with soap.',
    facts: { Diameter: '13 cm', Weight: '2.6 kg', Pestle: 'Included', Inside: 'Raw iron' },
  },
  {
    id: 'trivet',
    name: 'Wheel trivet',
    price: 29,
    weight: 0.9,
    tagline: 'Saves the table. Holds the story.',
    story:
      'Cast from what is left in the ladle at the end of the day, so no two have quite the same surface. Cork feet.',
    facts: { Diameter: '19 cm', Weight: '0.9 kg', Feet: 'Cork', Holds: 'Up to 25 kg' },
  },
];

export const about = {
  paragraphs: [
    'We cast cookware in a small hall by the river: eleven people, two furnaces, one very old dog. Iron goes in as scrap and leaves as something your grandchildren will argue about.',
    'Every piece is poured by hand in sand, ground, oiled and baked. It is not light, it is not quick, and it forgives nearly everything except the dishwasher.',
  ],
  milestones: [
    { year: '1987', event: 'Marta buys a furnace at an auction, for lack of a better idea.' },
    { year: '2004', event: 'The first skillet that does not stick, after 212 that did.' },
    { year: '2019', event: 'The furnaces run on electricity from the weir next door.' },
    { year: 'Today', event: 'Forty pieces a day. The dog approves each of them.' },
  ],
};
