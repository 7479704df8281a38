/** The names of the objects of a workload, if they differ from its own name. */
export interface WorkloadNames {
  /**
   * The name of the Deployment: 1 to 63 lower-case letters, digits and "-". For a StatefulSet, at most 52. Changing it
   * replaces the pods.
   *
   * @default - the name of the workload
   */
  readonly deploymentName?: string;
  /**
   * The name of the first container: 1 to 63 lower-case letters, digits and "-".
   *
   * @default - the name of the workload
   */
  readonly containerName?: string;
  /**
   * The name of the Service: 1 to 63 lower-case letters, digits and "-", beginning with a letter. It is the host name
   * for other pods. Changing it replaces the Service and its address.
   *
   * @default - the name of the workload
   */
  readonly serviceName?: string;
}

/** The names of the objects of a workload, with their defaults. */
export function workloadNames({
  name,
  deploymentName = name,
  containerName = name,
  serviceName = name,
}: WorkloadNames & { readonly name: string }): Required<WorkloadNames> {
  return { deploymentName, containerName, serviceName };
}
