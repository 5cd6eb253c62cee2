// All that answers an admin request: one module, for those who load it late.
export { prepareFetchClasses } from '../lib/fetch-classes.js'
export { createAdminHandler } from './admin-handler.js'
export { createNodeListener } from './node.js'
