import type { ServiceV1, ServiceV1SpecPort } from '@cdktf/provider-kubernetes/lib/service-v1';
import { TerraformResource } from 'cdktf';
import type { IWorkload } from '../workload/i-workload';

/** The Service of a workload of this program. */
export interface RoutedService {
  readonly type: string;
  readonly ports: readonly ServiceV1SpecPort[];
}

/** The Service of a workload; undefined if this program does not create it. */
export function routedService(workload: IWorkload): RoutedService | undefined {
  const service = workload.node
    .findAll()
    .find(
      (one): one is ServiceV1 =>
        TerraformResource.isTerraformResource(one) &&
        one.terraformResourceType === 'kubernetes_service_v1' &&
        (one as ServiceV1).metadataInput?.name === workload.serviceName,
    );
  const { type = 'ClusterIP', port } = service?.specInput ?? {};
  return service === undefined ? undefined : { type, ports: Array.isArray(port) ? port : [] };
}
