import { describe, expect, it } from 'vitest'
import { functionAt, functionsOf } from './function-scan.js'

/** The name of the innermost function around `|`. */
function named(marked: string): string | undefined {
  const offset = marked.indexOf('|')
  return functionAt(functionsOf(marked.replace('|', '')), offset)?.name
}

describe('a function', () => {
  it.each([
    ['function price|(a) { return a }', 'price'],
    ['ex|port async function* price(a) { return a }', 'price'],
    ['export default function price(a) { re|turn a }', 'price'],
    ['export default function (a) { re|turn a }', 'default'],
    ['export default async (a) => |a', 'default'],
    ['const price = a =>| a * 2', 'price'],
    ['export const price = async (a, b = {}) => { |}', 'price'],
    ['const pri|ce = function () { }', 'price'],
    ['let price = function total() { | }', 'total'],
    ['exports.price = async function () { | }', 'price'],
    ['module.exports.shop.price = (a) => |a', 'price'],
    ["exports['price'] = () => |1", 'price'],
    ['Shop.prototype.price = function () { | }', 'price'],
    ['const shop = { price(a) { | } }', 'price'],
    ['const shop = { async *price|(a) { } }', 'price'],
    ["const shop = { a: 1, 'price': function () { | } }", 'price'],
    ['const shop = { price: async a => |a }', 'price'],
    ['class Shop { price(a) { if (a) { |} } }', 'price'],
    ['class Shop { static async price|(a) { } }', 'price'],
    ['class Shop { #price() { | } }', '#price'],
    ['class Shop { price = async () => { | } }', 'price'],
    ['class Shop extends mix({}) { constructor(a) { | } }', 'Shop'],
    ['const Shop = class { constructor() { | } }', 'Shop'],
    ['cla|ss Shop { a = 1 }', 'Shop'],
    ['rows.map(row => |row.price)', ''],
    ['function outer() { rows.map(row => row.price)| }', 'outer'],
    ['const price = () => { const inner = () => { |} }', 'inner'],
    ['app.get("/x", async (req) => { | })', ''],
  ])('of JavaScript has its name: %s', (source, name) => {
    expect(named(source)).toBe(name)
  })

  it.each([
    ['export function price<T extends { a: 1 }>(a: T, b?: (x: T) => void): Promise<T> { | }', 'price'],
    [
      'function price(a: string): void\nfunction price(a: number): void\nfunction price(a: any): { a: 1 } { | }',
      'price',
    ],
    ['export const price = async <T,>(a: T): Promise<Map<T, { a: 1 }>> => { | }', 'price'],
    ['const price: Handler<A, B> = async (a) => |a', 'price'],
    ['const price: (a: A) => B = a => |a', 'price'],
    ['class Shop { private readonly price = (a: number): number => |a }', 'price'],
    ['class Shop { private async price<T>(a: T): Promise<void> { | } }', 'price'],
    ['abstract class Shop { abstract total(): void; price(this: Shop): asserts this is X { | } }', 'price'],
    ['interface A { price(a: number): void }\nfunction total() { | }', 'total'],
    ['type F = (a: number) => void\nexport function total() { | }', 'total'],
    ['type F = (a: number) => void\nconst x = 1|', undefined],
    ['@Injectable() export class Shop { constructor(private readonly a: A) { | } }', 'Shop'],
    ['@Get("/:id") class A { @Get() async price(@Param("id") id: string): Promise<X[]> { | } }', 'price'],
  ])('of TypeScript has its name: %s', (source, name) => {
    expect(named(source)).toBe(name)
  })

  it.each([
    ['const a = /[{"`]/g; function price() { | }', 'price'],
    ['const a = b / c; const d = "}" / 2; function price() { | }', 'price'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source
    ['const a = `x ${ { b: `}` } } {`; function price() { | }', 'price'],
    ['// function no() {\n/* { */ function price() { | }', 'price'],
    ["const View = () => <p>it's {name}</p>\nfunction price() { | }", 'price'],
    ['if (a) { b() } else { | }', undefined],
    ['for (const a of b) { | }', undefined],
    ['call(a)\n|', undefined],
    ['const a = b ? (c) : d => { | }', ''],
    ['}}} function price() { | }', 'price'],
    ['function price() { | ', 'price'],
  ])('is found whatever stands around it: %s', (source, name) => {
    expect(named(source)).toBe(name)
  })

  it('is looked for in linear time', () => {
    for (const source of [
      '{'.repeat(100_000),
      '<'.repeat(50_000),
      'a('.repeat(50_000),
      '`${'.repeat(50_000),
      '=>'.repeat(50_000),
    ])
      expect(functionsOf(source)).toBeInstanceOf(Array)
    expect(functionsOf(' '.repeat(2 * 1024 ** 2))).toEqual([])
  })
})
