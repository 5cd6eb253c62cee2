export { type FleetOptions, openFleet } from './open-fleet.js'
export { type Served, type ServeOptions, serve } from './serve.js'
export { type ComparedService, readShares, type SharesQuery } from './shares.js'
