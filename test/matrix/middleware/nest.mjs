import { Body, Controller, Get, Module, Param, Post } from '@nestjs/common'
import 'reflect-metadata'

class Shop {
  user(user) {
    return { user }
  }
  wait() {
    return new Promise(() => {})
  }
  echo(body) {
    return { body }
  }
}

/** What decorators do where there is a compiler for them. */
function route(name, decorate, ...parameters) {
  decorate(Shop.prototype, name, Object.getOwnPropertyDescriptor(Shop.prototype, name))
  for (const [index, one] of parameters.entries()) one(Shop.prototype, name, index)
}

Controller()(Shop)
route('user', Get('users/:user'), Param('user'))
route('wait', Get('wait/:id'))
route('echo', Post('echo'), Body())

/** The app of the matrix as a module of NestJS. */
export class Root {}
Module({ controllers: [Shop] })(Root)
