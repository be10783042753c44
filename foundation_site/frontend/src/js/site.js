// Sugar. Every page works without this file.
import { menus } from './menus.js'
import { finder } from './finder.js'
import { errors } from './errors.js'
import { printing } from './printing.js'
import { suggestions } from './suggestions.js'

menus()
finder()
errors()
printing()
suggestions()
