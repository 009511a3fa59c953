/** The library: a whole cloud inside a test. */
export { CannotStart } from './cannot-start.ts'
export { type Postern, type PosternOptions, startPostern } from './postern.ts'
