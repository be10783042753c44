// Writes every asset of the public site into ../static. Two runs give the same bytes.
import { rmSync, mkdirSync } from 'node:fs'
import { buildStyles } from './tasks/styles.mjs'
import { buildScript } from './tasks/script.mjs'
import { buildIcons } from './tasks/icons.mjs'
import { buildFonts } from './tasks/fonts.mjs'
import { buildArt } from './tasks/art.mjs'
import { buildMaps } from './tasks/maps.mjs'
import { checkContrast } from './tasks/contrast.mjs'
import { buildLicences } from './tasks/licences.mjs'
import { output, writeManifest, report } from './tasks/files.mjs'

checkContrast()
rmSync(output, { recursive: true, force: true })
mkdirSync(output, { recursive: true })

buildFonts()
buildIcons()
await buildArt()
buildMaps()
await buildStyles()
await buildScript()
buildLicences()
writeManifest()
report()
