import type { DeploymentV1SpecTemplateSpecTopologySpreadConstraint } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { checkArguments } from '../../core/declared';

/** What pods are spread over, the widest first. */
const TOPOLOGY_KEYS = ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'];

/** How the pods are spread over zones and nodes, so that no loss of one takes them all. */
export class Spread {
  /** Evenly where that can be; a pod runs anyway where it cannot. */
  public static preferred(): Spread {
    return new Spread('ScheduleAnyway');
  }

  /** Evenly, or a pod waits. A cluster with fewer zones or nodes than it had may then start no pod. */
  public static required(): Spread {
    return new Spread('DoNotSchedule');
  }

  /** Wherever there is room. */
  public static none(): Spread {
    return new Spread('');
  }

  private constructor(private readonly whenUnsatisfiable: string) {}

  /** @internal */
  public _constraints(selector: {
    [label: string]: string;
  }): DeploymentV1SpecTemplateSpecTopologySpreadConstraint[] | undefined {
    return this.whenUnsatisfiable === ''
      ? undefined
      : TOPOLOGY_KEYS.map((topologyKey) => ({
          maxSkew: 1,
          topologyKey,
          whenUnsatisfiable: this.whenUnsatisfiable,
          labelSelector: [{ matchLabels: selector }],
          // of each version on its own: while one takes the place of another, the old pods do not count
          matchLabelKeys: ['pod-template-hash'],
        }));
  }
}

checkArguments(Spread);
