// One row after the other becomes an object with objects in it: no single function is slow.
import { serve } from '../serve.mjs'

const models = {
  order: { id: 'number', customer: 'customer', lines: ['line'], placed: 'date', note: 'string' },
  customer: { id: 'number', name: 'string', since: 'date' },
  line: { id: 'number', article: 'article', count: 'number' },
  article: { id: 'number', title: 'string', price: 'money' },
}

const toNumber = value => Number(value)
const toText = value => `${value}`.trim().replace(/\s+/g, ' ')
const toDate = value => new Date(value).toISOString()
const toMoney = value => ({ amount: Math.round(value * 100), currency: 'EUR', text: value.toFixed(2) })
const converters = { number: toNumber, string: toText, date: toDate, money: toMoney }

function convertField(row, name, type) {
  if (Array.isArray(type)) return (row[name] ?? []).map(one => hydrateModel(type[0], one))
  return converters[type] ? converters[type](row[name] ?? 0) : hydrateModel(type, row[name] ?? {})
}

function defineField(entity, name, value) {
  Object.defineProperty(entity, name, { value, enumerable: true, writable: true })
}

function hydrateModel(model, row) {
  const entity = {}
  for (const [name, type] of Object.entries(models[model])) defineField(entity, name, convertField(row, name, type))
  return entity
}

const rowOf = id => ({
  id,
  lines: Array.from({ length: 5 }, (_, line) => ({
    id: line,
    count: 2,
    article: { id: line, title: ' a  b ', price: 9.99 },
  })),
})

function listOrders(count) {
  return Array.from({ length: count }, (_, id) => hydrateModel('order', rowOf(id))).length
}

await serve({ orders: () => listOrders(8_000) })
