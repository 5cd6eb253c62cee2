// The adapters, where the types of Express and Koa are installed.
import { autodump as forExpress } from '@autodump/express'
import { autodump as forKoa } from '@autodump/koa'
import express from 'express'
import Koa from 'koa'

express().use(forExpress({ auth: false }))
express().use('/admin', forExpress())
new Koa().use(forKoa({ auth: false }))
// @ts-expect-error a middleware of Koa is none of Express
express().use(forKoa())
