import { describeFamily } from '../scenarios/go-wrong.js'

describeFamily('memory')
