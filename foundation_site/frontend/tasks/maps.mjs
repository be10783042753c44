// Land outlines for maps that the server draws. Land only: the usual data draws borders that are
// in dispute, so no border is drawn at all. Equal Earth, so that a Python function can place points:
// x = x0 + scale * ee_x(lon, lat), y = y0 - scale * ee_y(lat), angles in radians.
import { geoEqualEarth, geoPath, geoGraticule10 } from 'd3-geo'
import { feature } from 'topojson-client'
import { read, write, modules } from './files.mjs'

const WIDTH = 1000

function land(detail) {
  const topology = JSON.parse(read(modules, `world-atlas/land-${detail}.json`))
  return feature(topology, topology.objects.land)
}

// Drop specks and points closer than `step` units: what is left reads the same at this size.
function outline(features, projection, { step, speck }) {
  const rings = []
  const sink = {
    moveTo: (x, y) => rings.push([[x, y]]),
    lineTo: (x, y) => rings.at(-1).push([x, y]),
    closePath: () => {},
  }
  geoPath(projection, sink)(features)
  return rings
    .map((ring) => thin(ring, step))
    .filter((ring) => ring.length > 2 && area(ring) > speck)
    .map(toPath)
    .join('')
}

function thin(ring, step) {
  const kept = []
  for (const [x, y] of ring) {
    const last = kept.at(-1)
    if (!last || Math.hypot(x - last[0], y - last[1]) >= step) kept.push([Math.round(x), Math.round(y)])
  }
  return kept
}

function area(ring) {
  return Math.abs(ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length]
    return sum + x * ny - nx * y
  }, 0)) / 2
}

function toPath(ring) {
  let [px, py] = ring[0]
  const steps = ring.slice(1).map(([x, y]) => {
    const move = `${x - px}${y - py < 0 ? '' : ' '}${y - py}`
    ;[px, py] = [x, y]
    return move
  })
  return `M${ring[0].join(' ')}l${steps.reduce((path, move) => path + (path && move[0] !== '-' ? ' ' : '') + move, '')}z`
}

function describe(projection, height, path) {
  const [x0, y0] = projection.translate()
  const round = (n) => Math.round(n * 1000) / 1000
  return JSON.stringify({
    projection: 'equal-earth',
    width: WIDTH,
    height,
    scale: round(projection.scale()),
    x0: round(x0),
    y0: round(y0),
    path,
  }) + '\n'
}

function world() {
  const projection = geoEqualEarth().fitWidth(WIDTH, geoGraticule10())
  const [[, top], [, bottom]] = geoPath(projection).bounds({
    type: 'MultiPoint',
    coordinates: [[0, 84], [0, -56]],
  })
  const [x0, y0] = projection.translate()
  projection.translate([x0, y0 - top])
  const height = Math.ceil(bottom - top)
  projection.clipExtent([[0, 0], [WIDTH, height]])
  return describe(projection, height, outline(land('110m'), projection, { step: 2.2, speck: 8 }))
}

// Europe and the Mediterranean: from Madeira to the Caspian Sea, from the Sahara to the North Cape.
function europe() {
  const projection = geoEqualEarth().fitWidth(WIDTH, {
    type: 'MultiPoint',
    coordinates: [[-18, 30], [44, 30], [-18, 45], [44, 45]],
  })
  const [[, top], [, bottom]] = geoPath(projection).bounds({
    type: 'MultiPoint',
    coordinates: [[13, 67], [13, 28]],
  })
  const [x0, y0] = projection.translate()
  projection.translate([x0, y0 - top])
  const height = Math.ceil(bottom - top)
  projection.clipExtent([[0, 0], [WIDTH, height]])
  return describe(projection, height, outline(land('50m'), projection, { step: 3.5, speck: 18 }))
}

export function buildMaps() {
  write('maps/world.json', world())
  write('maps/europe.json', europe())
}
