import type { ContainerOptions } from './container-options';
import type { ProbeSet } from './probe';

/**
 * A container that runs alongside the main container of a pod, such as a proxy or an exporter of metrics. Containers of
 * a pod start and terminate at the same time, and reach each other at "localhost". The Kubernetes provider does not
 * support native sidecars, which start before the first container.
 */
export interface Sidecar extends ContainerOptions {
  /** Its name: 1 to 63 lower-case letters, digits and "-", different from those of the other containers of the pod. */
  readonly name: string;
  /**
   * The ports on which it listens, 1 to 65535, by their names: 1 to 15 lower-case letters, digits and "-". The
   * containers of a pod share an address, so ports and their names must be unique in the pod. The Service has those in
   * `servicePorts`.
   *
   * @default - none
   */
  readonly ports?: { readonly [name: string]: number };
  /**
   * The probes by which Kubernetes monitors the container.
   *
   * @default - a readiness probe of its first port, if it has one
   */
  readonly probes?: ProbeSet;
  /**
   * The seconds that it continues to run in a terminating pod. The image needs the command `sleep`.
   *
   * @default - those of the first container, or 0 if it has no ports
   */
  readonly preStopSeconds?: number;
}
