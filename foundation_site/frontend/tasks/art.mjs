// The foundation's own drawings: the mark, the band of tiles, the field of letters, the social card.
import { Resvg } from '@resvg/resvg-js'
import { letter, line } from './glyphs.mjs'
import { read, write, frontend } from './files.mjs'

const NIGHT = '#12303A'
const TEAL = '#0B4F56'
const SAFFRON = '#E8A13A'
const PAPER = '#FBF6EC'

const round = (n) => Math.round(n * 10) / 10
const at = (radius, degrees) => {
  const angle = (degrees * Math.PI) / 180
  return [round(radius * Math.sin(angle)), round(-radius * Math.cos(angle))]
}

// Two square strands pass over and under each other and make the eight-pointed star of zellige.
// Around it eight seats: the star is also a table seen from above. Each strand is cut where it goes
// under, so the mark needs no background colour and works on any ground.
export function markPaths({ radius = 40, gap = 5.4 } = {}) {
  const side = radius * Math.cos(Math.PI / 4)
  const crossing = side * Math.tan(Math.PI / 8)
  const strand = (turn, under) =>
    [0, 90, 180, 270].map((quarter) => {
      const corner = quarter + turn + 45
      // From the corner along one side: past the first crossing, or up to it where this strand dives.
      const along = (sign) => ({ sign, reach: side - (sign === under ? crossing : -crossing) - gap })
      const points = [along(-1), null, along(1)].map((step) => {
        const [x, y] = step
          ? step.sign < 0 ? [side - step.reach, -side] : [side, -side + step.reach]
          : [side, -side]
        const length = Math.hypot(x, y)
        const angle = (Math.atan2(x, -y) * 180) / Math.PI
        return at(length, angle + corner - 45)
      })
      return `M${points.map((p) => p.join(' ')).join('L')}`
    }).join('')
  const seats = [0, 45, 90, 135, 180, 225, 270, 315].map((d) => at(radius * 1.02, d + 22.5))
  return { first: strand(0, 1), second: strand(45, 1), seats }
}

function mark({ first, second, seats, size = 100, radius = 4.2, width = 6.4 }) {
  const paths = markPaths()
  const dots = paths.seats.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="${radius}"/>`).join('')
  return (
    `<g fill="none" stroke-width="${width}" stroke-linejoin="miter">` +
    `<path stroke="${first}" d="${paths.first}"/><path stroke="${second}" d="${paths.second}"/></g>` +
    (seats ? `<g fill="${seats}">${dots}</g>` : '')
  )
}

function svg(viewBox, content, extra = '') {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}"${extra}>${content}</svg>\n`
}

function writeMark() {
  const plain = mark({ first: TEAL, second: SAFFRON, seats: '#B5452C' })
  write('mark.svg', svg('-50 -50 100 100', plain))
  const icon =
    `<rect x="-50" y="-50" width="100" height="100" rx="20" fill="${NIGHT}"/>` +
    `<g transform="scale(.86)">${mark({ first: '#fff', second: SAFFRON, width: 9 })}</g>`
  write('favicon.svg', svg('-50 -50 100 100', icon))
  write('apple-touch-icon.png', png(svg('-50 -50 100 100', icon.replace(' rx="20"', '')), 180))
}

// A repeating tile: a star between two halves. Used as a mask, so that the palette gives the colour.
function writeTiles() {
  const star = (x) => {
    const points = Array.from({ length: 16 }, (_, i) => at(i % 2 ? 6.5 : 8.5, i * 22.5))
    return `<path d="M${points.map(([px, py]) => `${round(px + x)} ${round(py + 10)}`).join('L')}z"/>`
  }
  const cross = '<path d="M20 2l4 8-4 8-4-8z"/>'
  write('art/tiles.svg', svg('0 0 40 20', star(0) + star(40) + cross + '<path d="M17 0h6l-3 1zM17 20h6l-3-1z"/>', ' width="40" height="20"'))
}

// A field of letters from ten scripts. Rows shift by half a step; sizes and turns follow a fixed
// list, so the drawing is the same at every build.
const LETTERS = [
  ['arabic', 'ع'], ['latin', 'M'], ['tamil', 'அ'], ['cyrillic', 'Ж'], ['tifinagh', 'ⵣ'], ['devanagari', 'अ'],
  ['georgian', 'მ'], ['chinese', '人'], ['latin', 'ç'], ['ethiopic', 'ሀ'], ['gurmukhi', 'ਸ'], ['arabic', 'ش'],
  ['cyrillic', 'Д'], ['tamil', 'க'], ['latin', 'ß'], ['arabic', 'م'], ['devanagari', 'ह'], ['ethiopic', 'መ'],
  ['chinese', '文'], ['georgian', 'ჯ'], ['tifinagh', 'ⵟ'], ['gurmukhi', 'ਮ'], ['latin', 'g'], ['arabic', 'ه'],
  ['cyrillic', 'Я'], ['latin', 'ñ'], ['ethiopic', 'ሰ'], ['devanagari', 'म'],
]
const SIZES = [1.28, 0.86, 1.06, 0.78, 1.16, 0.94, 0.82]

function writeLetters() {
  const [columns, rows, step] = [7, 4, 130]
  const glyphs = LETTERS.map(([script, character], i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)]
    const x = column * step + (row % 2 ? step : step / 2)
    const y = row * step + step / 2 + ((i * 37) % 13) - 6
    const path = letter(script, character, Math.round(88 * SIZES[(i * 3) % SIZES.length]))
    return `<path transform="translate(${x} ${y})" d="${path}"/>`
  })
  const size = `0 0 ${columns * step + step / 2} ${rows * step}`
  write('art/letters.svg', svg(size, `<g fill="none" stroke="#fff" stroke-width="2">${glyphs.join('')}</g>`))
}

function png(drawing, width) {
  return new Resvg(drawing, { fitTo: { mode: 'width', value: width }, font: { loadSystemFonts: false } }).render().asPng()
}

// The picture that travels with a shared link when a page has none of its own.
function writeSocialCard() {
  const field = read(frontend, '../static/art/letters.svg').toString().replace(/^<svg[^>]*>|<\/svg>\s*$/g, '')
  const card = svg(
    '0 0 1200 630',
    `<rect width="1200" height="630" fill="${TEAL}"/>` +
      `<g transform="translate(480 -10) scale(1.25)" opacity=".2">${field}</g>` +
      `<rect y="606" width="1200" height="24" fill="${SAFFRON}"/>` +
      `<g transform="translate(190 210) scale(2.2)">${mark({ first: '#fff', second: SAFFRON, seats: PAPER })}</g>` +
      `<path fill="#fff" d="${line('latinBold', 'Fondazione', 84, 440, 84)}"/>` +
      `<path fill="#fff" d="${line('latinBold', 'Mondinsieme', 84, 526, 84)}"/>` +
      `<path fill="${SAFFRON}" d="${line('latinText', 'Reggio Emilia', 88, 576, 36)}"/>`,
  )
  write('social-card.png', png(card, 1200))
}

export function buildArt() {
  writeMark()
  writeTiles()
  writeLetters()
  writeSocialCard()
}
