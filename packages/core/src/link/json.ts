declare const parsed: unique symbol

/** JSON of a `T`. One string crosses threads several times faster than the object. */
export type Json<T> = string & { readonly [parsed]?: T }

export const toJson = <T>(value: T): Json<T> => JSON.stringify(value) as Json<T>

export const fromJson = <T>(json: Json<T>): T => JSON.parse(json) as T
