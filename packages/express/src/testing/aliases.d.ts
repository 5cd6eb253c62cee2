// The types of 5 are those of 4 as far as the tests use them.
declare module 'express-4' {
  export { default } from 'express'
}
