import type { IConstruct } from 'constructs';
import type { Exposure } from './exposure/exposure';
import type { ServiceIpFamilies } from './exposure/service-options';
import type { IWorkload } from './i-workload';

/** Properties of `BlueGreenService`. */
export interface BlueGreenServiceProps {
  /**
   * The name of the Service, which is its host name for pods of the same namespace: 1 to 63 lower-case letters, digits
   * and "-", beginning with a letter. It must differ from the Services of the workloads. Changing it replaces the
   * Service and its address.
   */
  readonly serviceName: string;
  /**
   * The versions of the application, such as blue and green: workloads of one namespace. Everything that is allowed to
   * call the Service is allowed to call all of them, so that a switch changes only the Service.
   */
  readonly workloads: IWorkload[];
  /**
   * The workload that gets the requests, one of `workloads`. Changing it switches versions, and changing it back rolls
   * back: the Service is updated in place, after the pods of that workload run.
   */
  readonly active: IWorkload;
  /**
   * The port on which the Service listens, 1 to 65535.
   *
   * @default - the port of the active workload's Service
   */
  readonly servicePort?: number;
  /**
   * The way in which it is exposed to callers. The workloads keep their own Services, for tests before the switch.
   *
   * @default Exposure.clusterOnly()
   */
  readonly exposure?: Exposure;
  /**
   * The families of its addresses, including the public ones of a load balancer. All except IPv4 need a cluster whose
   * network has `dualStack`. Kubernetes can add and remove a second family, but not change the first.
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
