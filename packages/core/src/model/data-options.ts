import type { AdminPlace } from './admin-options.js'
import type { EvidenceOptions } from './evidence-options.js'
import type { SinkPlace } from './sink-options.js'
import type { Threshold } from './threshold.js'

/** The options that are data: `npm run generate` makes their JSON Schema of this. Times are in milliseconds and sizes in bytes. */
export interface DataOptions extends EvidenceOptions {
  /**
   * Where the dumps go; by default `autodump/<package or script name>` under the temporary directory of the operating system, or
   * below `autodump-<uid>` there, if `autodump` belongs to another user.
   * @pattern ^[^\u0000]+$
   * @inWords a path without zero bytes
   */
  dir?: string
  /**
   * Time between samples.
   * @multipleOf 1
   * @minimum 20
   * @maximum 3600000
   * @default 1000
   */
  interval?: number
  /**
   * How many samples the moving mean is made of.
   * @multipleOf 1
   * @minimum 2
   * @maximum 1000
   * @default 10
   */
  history?: number
  /**
   * How many samples must be in before a spike may fire; by default the value of `history`.
   * @multipleOf 1
   * @minimum 0
   * @maximum 100000
   */
  warmup?: number
  /** Per metric, merged into the defaults (`docs/options.md` lists them). */
  thresholds?: Record<string, Partial<Threshold>>
  retention?: {
    /**
     * The newest dump always stays.
     * @multipleOf 1
     * @minimum 1
     * @maximum 100000
     * @default 50
     */
    maxDumps?: number
    /**
     * Size on disk of all dumps together.
     * @multipleOf 1
     * @minimum 0
     * @maximum 9007199254740991
     * @default 1073741824
     */
    maxBytes?: number
    /**
     * A week by default.
     * @multipleOf 1
     * @minimum 1000
     * @maximum 9007199254740991
     * @default 604800000
     */
    maxAge?: number
    /**
     * Below it autodump removes older dumps; if that does not help, it refuses captures. By default 256 MiB, and on a
     * disk of less than 1 GiB a quarter of it.
     * @multipleOf 1
     * @minimum 0
     * @maximum 9007199254740991
     */
    minFreeBytes?: number
  }
  limits?: {
    /**
     * Dumps in any 60 minutes, of all processes that share `dir`, restarts included.
     * @multipleOf 1
     * @minimum 1
     * @maximum 3600
     * @default 30
     */
    maxPerHour?: number
  }
  /** A server with the admin routes in the monitor thread: it answers while the app thread is stuck. By default there is none. */
  admin?: AdminPlace
  /**
   * Modules that get finished dumps, in the monitor thread (`docs/sinks.md`). By default there are none.
   * @maxItems 16
   */
  sinks?: SinkPlace[]
  /** `GET /livez` and `GET /readyz` on the port of `admin`: when they call the process stuck (`docs/kubernetes.md`). */
  probes?: {
    /**
     * How long the event loop must be blocked.
     * @multipleOf 1
     * @minimum 1000
     * @maximum 3600000
     * @default 10000
     */
    stuckAfter?: number
    /**
     * How much longer they wait until the evidence is captured and uploaded.
     * @multipleOf 1
     * @minimum 0
     * @maximum 3600000
     * @default 60000
     */
    evidenceWithin?: number
  }
  /**
   * The file that Kubernetes shows when the container has ended (`docs/kubernetes.md`). autodump keeps an existing file current and never
   * makes one.
   * @default "/dev/termination-log"
   */
  terminationLog?: FilePath | false
  /** Pages of other systems that evidence links to. */
  links?: {
    /**
     * The page of a trace: a URL with `{traceId}`, and with `{spanId}` where it takes one.
     * @pattern ^(?=.*\{traceId\})https?://[^\s{}/][^\s{}]*(?:\{(?:traceId|spanId)\}[^\s{}]*)+$
     * @inWords a URL with {traceId}, e.g. https://traces.example/trace/{traceId}
     * @maxLength 2048
     */
    trace?: string
  }
  /** The page that a browser gets at the prefix. @default true */
  dashboard?: boolean
  /**
   * Where the admin routes are mounted; below the path of the middleware, where that has one.
   * @pattern ^[A-Za-z0-9/._~-]*$
   * @inWords a path of letters, digits and / . _ ~ -
   * @default "/debug/autodump"
   */
  prefix?: string
  /**
   * Go into every manifest, e.g. `{ service: 'shop', version: '1.2.3' }`. By default `service`, `version`, `instance`, `namespace`,
   * `node` and `environment` as far as the environment has them (`docs/labels.md`).
   * @maxProperties 64
   */
  labels?: Record<string, Label>
}

/**
 * @pattern ^[^\u0000]+$
 * @inWords a path without zero bytes
 */
export type FilePath = string

/** @maxLength 1024 */
export type Label = string
