/** Draws the shop's pictures as SVG, so that the demo needs no binary files. */

/** Park and Miller's generator: the same picture on every request. */
function seeded(seed) {
  let state = seed;
  return (low = 0, high = 1) => {
    state = (state * 48271) % 2147483647;
    return Math.round((low + (state / 2147483647) * (high - low)) * 10) / 10;
  };
}

const times = (count, draw) => Array.from({ length: count }, (_, i) => draw(i)).join('');

const gradient = (id, stops, at = '') =>
  `<radialGradient id="${id}" ${at}>${stops
    .map(
      ([offset, color, opacity = 1]) =>
        `<stop offset="${offset}" stop-color="${color}" stop-opacity="${opacity}"/>`,
    )
    .join('')}</radialGradient>`;

const svg = (width, height, content) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`;

const iron = [
  gradient('rim', [
    [0.86, '#1d1c1d'],
    [0.93, '#57524f'],
    [0.97, '#3a3736'],
    [1, '#161516'],
  ]),
  gradient(
    'floor',
    [
      [0, '#3d3a39'],
      [0.7, '#2a2828'],
      [1, '#171617'],
    ],
    'cx=".42" cy=".36"',
  ),
  gradient('shade', [
    [0.6, '#000', 0.5],
    [1, '#000', 0],
  ]),
  gradient(
    'yolk',
    [
      [0, '#ffd75e'],
      [0.7, '#f7a823'],
      [1, '#dd7f12'],
    ],
    'cx=".4" cy=".35"',
  ),
  gradient('white', [
    [0.5, '#fffdf6'],
    [1, '#f1e4cb'],
  ]),
  gradient(
    'tomato',
    [
      [0, '#ff7a5c'],
      [0.5, '#d93a22'],
      [1, '#8f1c10'],
    ],
    'cx=".35" cy=".3"',
  ),
].join('');

const moods = {
  control: {
    wood: ['#d9bd98', '#d2b48c', '#dcc3a0', '#cfae85'],
    grain: '#8a6238',
    light: '#fff3d8',
    shine: 0.55,
    sparks: 0,
  },
  bold: {
    wood: ['#2b2019', '#241b15', '#2f231b', '#221913'],
    grain: '#0b0705',
    light: '#ff6a1f',
    shine: 0.6,
    sparks: 150,
  },
};

/** The skillet from above: in daylight (`control`), or over embers (`bold`). Undefined for other names. */
export function hero(variant) {
  const mood = Object.hasOwn(moods, variant) ? moods[variant] : undefined;
  if (!mood) return undefined;
  const light = gradient('light', [
    [0, mood.light, mood.shine],
    [1, mood.light, 0],
  ]);
  return svg(
    1600,
    900,
    `<defs>${iron}${light}</defs>${table(mood)}${glow(variant)}${garnish()}${skillet()}${sparks(mood)}`,
  );
}

function table({ wood, grain }) {
  const random = seeded(7);
  const planks = times(
    6,
    (i) => `<rect y="${i * 150}" width="1600" height="150" fill="${wood[i % wood.length]}"/>`,
  );
  const lines = times(130, (i) => {
    const y = Math.round((i / 130) * 900 + random(-3, 3));
    const bend = () => Math.round(y + random(-9, 9));
    return `<path d="M0 ${y}C400 ${bend()} 700 ${bend()} 900 ${bend()}S1400 ${bend()} 1600 ${y}" opacity="${random(0.1, 0.4)}"/>`;
  });
  const gaps = times(
    5,
    (i) => `<path d="M0 ${(i + 1) * 150}H1600" stroke-width="4" opacity=".55"/>`,
  );
  return `${planks}<g fill="none" stroke="${grain}" stroke-width="1.4">${lines}${gaps}</g>`;
}

const glow = (variant) =>
  variant === 'bold'
    ? '<circle cx="1080" cy="450" r="640" fill="url(#light)"/><circle cx="1080" cy="450" r="430" fill="url(#light)"/>'
    : '<circle cx="380" cy="60" r="900" fill="url(#light)"/>';

function skillet() {
  const rings = times(26, (i) => `<circle r="${14 + i * 9.6}"/>`);
  return `<g transform="translate(1080 450)">
<ellipse cx="26" cy="40" rx="390" ry="385" fill="url(#shade)"/>
<g transform="rotate(-28)"><path d="M300-52C380-34 420-30 620-38a44 44 0 0 1 0 88C420 44 380 46 300 58Z" fill="#262424"/>
<path d="M330-34C400-20 440-18 618-25" fill="none" stroke="#6a6461" stroke-width="5" stroke-linecap="round"/>
<ellipse cx="610" cy="6" rx="26" ry="15" fill="#0d0c0c"/><path d="M-300-70Q-372 0-300 70Z" fill="#262424"/></g>
<path d="M-60-310Q0-352 60-310M-60 310Q0 352 60 310" fill="#2d2a2a"/>
<circle r="320" fill="url(#rim)"/><circle r="284" fill="url(#floor)"/>
<g fill="none" stroke="#fff" stroke-opacity=".035" stroke-width="2">${rings}</g>
<path d="M-262-152A303 303 0 0 1 60-297" fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="7" stroke-linecap="round"/>
${egg(-88, -62, 0)}${egg(82, 74, 140)}${rosemary(120, -150, 35)}${rosemary(-150, 150, 10)}${pepper()}</g>`;
}

const egg = (x, y, turn) => `<g transform="translate(${x} ${y}) rotate(${turn})">
<path d="M-112-18C-118-86-52-124 6-108S112-92 120-20 84 96 12 104-104 66-112-18Z" fill="#000" opacity=".3" transform="translate(6 9)"/>
<path d="M-112-18C-118-86-52-124 6-108S112-92 120-20 84 96 12 104-104 66-112-18Z" fill="url(#white)" stroke="#c99a5b" stroke-opacity=".55" stroke-width="4"/>
<circle cx="4" cy="-4" r="48" fill="url(#yolk)"/><ellipse cx="-12" cy="-24" rx="13" ry="7" fill="#fff" opacity=".75" transform="rotate(${-turn} -4 -8)"/></g>`;

const rosemary = (x, y, turn) =>
  `<g transform="translate(${x} ${y}) rotate(${turn})" stroke-linecap="round"><path d="M-80 0Q0-14 84 0" fill="none" stroke="#6b5a35" stroke-width="5"/>
<g stroke="#5d7f45" stroke-width="6">${times(15, (i) => `<path d="M${-74 + i * 10.5}-5l14-${24 - i * 0.8}M${-74 + i * 10.5}-3l14 ${24 - i * 0.8}"/>`)}</g></g>`;

function pepper() {
  const random = seeded(41);
  return times(46, () => {
    const [angle, radius] = [random(0, 6.2), random(20, 255)];
    return `<circle cx="${Math.round(Math.cos(angle) * radius)}" cy="${Math.round(Math.sin(angle) * radius)}" r="${random(2, 4.5)}" fill="#100c0a" stroke="#6b5546"/>`;
  });
}

function garnish() {
  const random = seeded(99);
  const tomato = (
    x,
    y,
    r,
  ) => `<circle cx="${x + 10}" cy="${y + 16}" r="${r * 1.2}" fill="url(#shade)"/><circle cx="${x}" cy="${y}" r="${r}" fill="url(#tomato)"/>
<g transform="translate(${x} ${y})" stroke="#4c7a35" stroke-width="6" stroke-linecap="round">${times(5, (i) => `<path d="M0 0L${Math.round(Math.cos(i * 1.257) * r * 0.5)} ${Math.round(Math.sin(i * 1.257) * r * 0.5)}"/>`)}</g>`;
  const salt = times(60, () => {
    const [angle, radius] = [random(0, 6.2), random(0, 10) * random(2, 11)];
    return `<rect x="${Math.round(690 + Math.cos(angle) * radius)}" y="${Math.round(120 + Math.sin(angle) * radius * 0.7)}" width="${random(3, 7)}" height="${random(3, 6)}" fill="#fff" opacity="${random(0.5, 1)}"/>`;
  });
  return `${salt}${tomato(650, 690, 62)}${tomato(765, 775, 52)}${tomato(610, 815, 46)}<g transform="translate(660 330) rotate(-60) scale(1.5)">${rosemary(0, 0, 0)}</g>`;
}

function sparks({ sparks: count }) {
  const random = seeded(5);
  return times(count, () => {
    const color = ['#ffb257', '#ff7a2a', '#ffe0a3'][Math.floor(random(0, 2.9))];
    return `<circle cx="${random(520, 1600)}" cy="${random(0, 900)}" r="${random(1, 4.2)}" fill="${color}" opacity="${random(0.3, 0.95)}"/>`;
  });
}

const outline =
  'fill="none" stroke="#fff" stroke-opacity=".2" stroke-width="3" stroke-linecap="round"';

/** Each drawn around the middle of a 480 × 360 tile. */
const shapes = {
  skillet: `<g transform="translate(-44 0)"><path d="M110-8l112-34a13 13 0 0 1 8 25L118 26Z" fill="#2b2929"/><ellipse rx="140" ry="70" fill="url(#rim)"/><ellipse cy="4" rx="122" ry="57" fill="url(#floor)"/>
<path d="M-140 0c6 62 60 88 140 88s134-26 140-88c-10 40-60 70-140 70S-130 40-140 0Z" fill="#201e1e"/><path d="M-116-28Q-70-62 0-64" ${outline}/></g>`,
  cocotte: `<path d="M-150-8h-22a15 15 0 0 0 0 34h26M150-8h22a15 15 0 0 1 0 34h-26" fill="none" stroke="#7d2413" stroke-width="13"/>
<path d="M-152-30H152L138 84q-4 20-26 20H-112q-22 0-26-20Z" fill="#b3401f"/><path d="M-158-34Q-150-86 0-90T158-34q0 8-8 8H-150q-8 0-8-8Z" fill="#c64c28"/>
<ellipse cy="-98" rx="22" ry="13" fill="#2b2929"/><path d="M-128 0l10 72M-120-48Q-70-72-10-74" ${outline}/>`,
  kettle: `<path d="M-92-40C-90-150 90-150 92-40" fill="none" stroke="#2b2929" stroke-width="11"/><path d="M104-4l70-46 12 16-62 74Z" fill="#2b2929"/>
<path d="M-128 26C-128-34-70-60 0-60S128-34 128 26 78 104 0 104-128 86-128 26Z" fill="url(#floor)"/><ellipse cy="-56" rx="52" ry="15" fill="#3b3837"/><circle cy="-76" r="10" fill="#4b4745"/>
<g fill="#5a5553">${times(6, (row) => times(11, (i) => `<circle cx="${(i - 5) * (17 + row * 0.9) + (row % 2) * 8 - 4}" cy="${-28 + row * 13}" r="3"/>`))}</g>`,
  griddle: `<path d="M-160-22h-24v44h24M160-22h24v44h-24" fill="none" stroke="#2b2929" stroke-width="13" stroke-linejoin="round"/><rect x="-160" y="-104" width="320" height="208" rx="26" fill="#2b2929"/>
<rect x="-144" y="-88" width="288" height="176" rx="16" fill="url(#floor)"/><g stroke="#57524f" stroke-width="7" stroke-linecap="round">${times(10, (i) => `<path d="M${-120 + i * 26.6}-70V70"/>`)}</g><path d="M-140-94H60" ${outline}/>`,
  mortar: `<path d="M14-34l96-108a17 17 0 0 1 26 22L44-22Z" fill="#4b4745"/><path d="M-112-40H112C112 30 76 62 44 68L62 104H-62L-44 68C-76 62-112 30-112-40Z" fill="url(#floor)"/>
<ellipse cy="-40" rx="112" ry="24" fill="#3b3837"/><ellipse cy="-38" rx="96" ry="17" fill="#161516"/><path d="M-94-6Q-84 34-52 52" ${outline}/>`,
  trivet: `<g fill="none" stroke="#2b2929"><ellipse rx="150" ry="96" stroke-width="20"/><ellipse rx="50" ry="32" stroke-width="14"/><g stroke-width="13">${times(
    12,
    (i) => {
      const [x, y] = [Math.cos(i * 0.5236), Math.sin(i * 0.5236)];
      return `<path d="M${Math.round(x * 54)} ${Math.round(y * 35)}L${Math.round(x * 146)} ${Math.round(y * 93)}"/>`;
    },
  )}</g></g><path d="M-138-48Q-90-92 0-98" ${outline}/>`,
};

const tints = {
  skillet: '#e2d3bd',
  cocotte: '#d5d8c4',
  kettle: '#cfd9d8',
  griddle: '#e6cfc0',
  mortar: '#d9d2de',
  trivet: '#e5d8b0',
};

/** A product on its coloured tile. Undefined for unknown products. */
export function illustration(name) {
  if (!Object.hasOwn(shapes, name)) return undefined;
  const tile = gradient(
    'tile',
    [
      [0, '#fff', 0.65],
      [1, '#fff', 0],
    ],
    'cx=".4" cy=".3"',
  );
  return svg(
    480,
    360,
    `<defs>${iron}${tile}</defs><rect width="480" height="360" fill="${tints[name]}"/><rect width="480" height="360" fill="url(#tile)"/>
<ellipse cx="246" cy="292" rx="170" ry="26" fill="url(#shade)" opacity=".5"/><g transform="translate(240 186)">${shapes[name]}</g>`,
  );
}
