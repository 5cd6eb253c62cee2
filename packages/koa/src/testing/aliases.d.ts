// The types of 3 are those of 2 as far as the tests use them.
declare module 'koa-2' {
  export { default } from 'koa'
}
