/** For worker threads that need nothing else of autodump: the package itself would load all of it. */
export { registerWorker } from './app/register-worker.js'
