// CommonJS in TypeScript, whose `require` may load ES modules.
import core = require('@autodump/core')
import analysis = require('@autodump/core/analysis')
import control = require('@autodump/core/control')
import express = require('@autodump/express')
import fastify = require('@autodump/fastify')
import koa = require('@autodump/koa')

const monitor: core.Monitor = core.createMonitor()
export const used = [
  monitor,
  analysis.analyseFile,
  control.listInstances,
  express.autodump,
  fastify.default,
  koa.autodump,
]
