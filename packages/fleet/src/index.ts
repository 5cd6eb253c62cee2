export { type Cached, type CacheParts, type FleetCache, openCache } from './cache.js'
export type { SavedCatalogue } from './catalogue.js'
export { type FleetOptions, openFleet } from './open-fleet.js'
export { type Served, type ServeOptions, serve } from './serve.js'
