/** From where a workload can be reached. */
export class Exposure {
  /** Only from inside the cluster. */
  public static clusterOnly(): Exposure {
    return new Exposure('ClusterIP');
  }

  /** From the internet, at a public address of its own, through the cluster's load balancer. */
  public static publicLoadBalancer(): Exposure {
    return new Exposure('LoadBalancer');
  }

  private constructor(
    /** The type of the Kubernetes Service. */
    public readonly serviceType: string,
  ) {}
}
