/** Where Kubernetes mounts the file, unless the container says otherwise. */
export const defaultTerminationLog = '/dev/termination-log'
