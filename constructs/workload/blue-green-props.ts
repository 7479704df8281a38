import type { IConstruct } from 'constructs';
import type { Exposure } from './exposure/exposure';
import type { ServiceIpFamilies } from './exposure/service-options';
import type { IWorkload } from './i-workload';

/** Properties of `BlueGreenService`. */
export interface BlueGreenServiceProps {
  /**
   * The name of the Service, which is its host name for pods of the same namespace: 1 to 63 lower-case letters, digits and
   * "-", beginning with a letter. None of the workloads has a Service of this name. Changing it replaces the Service, and
   * with it its address.
   */
  readonly serviceName: string;
  /**
   * The versions of the application, such as blue and green: workloads of one namespace. Everything that is allowed to
   * call the Service is allowed to call all of them, so that a switch changes only the Service.
   */
  readonly workloads: IWorkload[];
  /**
   * The workload that gets the requests, one of `workloads`. Changing it is the switch, and changing it back is the
   * roll-back: the Service is updated in place, once the pods of that workload run.
   */
  readonly active: IWorkload;
  /**
   * The port that the Service listens on, 1 to 65535.
   *
   * @default - that of the active workload
   */
  readonly servicePort?: number;
  /**
   * The way in which it is exposed to callers. The workloads keep their own Services, for tests before the switch.
   *
   * @default Exposure.clusterOnly()
   */
  readonly exposure?: Exposure;
  /**
   * The families of its addresses, of a load balancer also the public ones. All but IPv4 need a cluster whose network has
   * `dualStack`. Kubernetes adds and removes the second of two, and never changes the first.
   *
   * @default - the first family of the cluster: IPv4
   */
  readonly ipFamilies?: ServiceIpFamilies;
  /**
   * Constructs that must be ready before it is created or switched, in addition to the active workload.
   *
   * @default - nothing
   */
  readonly prerequisites?: IConstruct[];
}
