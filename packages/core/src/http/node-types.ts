import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import type { BodySource } from './node-body.js'

export type NodeRequest = (IncomingMessage | Http2ServerRequest) & BodySource & { originalUrl?: string }

export type NodeResponse = ServerResponse | Http2ServerResponse
