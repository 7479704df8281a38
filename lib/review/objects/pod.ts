import type { JsonObject } from '../../terraform-json/json';
import type { Block, Items } from './block';
import { namespaceOf, type KubernetesObject } from './kubernetes-object';

/** A container of a pod. */
export interface Container {
  readonly block: Block;
  /** The name of the block, such as "container[web]". */
  readonly part: string;
  readonly isInit: boolean;
}

/** The pods of a workload. */
export interface Pod {
  readonly object: KubernetesObject;
  readonly spec: Block;
  /** The namespace as written, which may be an expression. */
  readonly namespace: string;
  /** Undefined if only Terraform knows them. */
  readonly labels: JsonObject | undefined;
  /** The containers, without init containers. */
  readonly containers: Items<Container>;
  /** The containers and the init containers. */
  readonly allContainers: Items<Container>;
  /** Whether the pods run to completion. */
  readonly isJob: boolean;
}

/** The path of the pod template in each kind. */
const TEMPLATES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['Deployment', ['spec', 'template']],
  ['StatefulSet', ['spec', 'template']],
  ['DaemonSet', ['spec', 'template']],
  ['ReplicaSet', ['spec', 'template']],
  ['ReplicationController', ['spec', 'template']],
  ['Job', ['spec', 'template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
  ['Pod', []],
]);

/** The kinds of objects that have pods. */
export const POD_KINDS: readonly string[] = [...TEMPLATES.keys()];

/** The pods of an object; undefined if it has none. */
export function podOf(object: KubernetesObject): Pod | undefined {
  const path = TEMPLATES.get(object.kind);
  if (path === undefined) {
    return undefined;
  }
  const template = path.reduce((block, name) => block.block(name), object.body);
  const spec = template.block('spec');
  const containers = containersOf(spec, 'containers', 'container');
  const before = containersOf(spec, 'initContainers', 'init_container');
  return {
    object,
    spec,
    containers,
    namespace: namespaceOf(object),
    labels: template.block('metadata').map('labels'),
    allContainers: {
      known: [...before.known, ...containers.known],
      isComplete: before.isComplete && containers.isComplete,
    },
    isJob: object.kind === 'Job' || object.kind === 'CronJob',
  };
}

function containersOf(spec: Block, name: string, word: string): Items<Container> {
  const { known, isComplete } = spec.blocks(name);
  return {
    known: known.map((block, i) => ({
      block,
      part: `${word}[${block.text('name') ?? i}]`,
      isInit: name === 'initContainers',
    })),
    isComplete,
  };
}
