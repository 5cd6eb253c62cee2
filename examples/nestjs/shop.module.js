// What would be written with decorators in TypeScript: here they are called, so that the example runs as it stands.
import 'reflect-metadata'
import { Controller, Get, Module, Param } from '@nestjs/common'

class OrdersController {
  async find(shop, order) {
    await new Promise(resolve => setTimeout(resolve, 1000))
    return { shop, order }
  }
}
const { prototype } = OrdersController
Controller('shops/:shop/orders')(OrdersController)
Get(':order')(prototype, 'find', Object.getOwnPropertyDescriptor(prototype, 'find'))
Param('shop')(prototype, 'find', 0)
Param('order')(prototype, 'find', 1)

export class ShopModule {}
Module({ controllers: [OrdersController] })(ShopModule)
