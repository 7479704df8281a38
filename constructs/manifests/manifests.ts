import { type TerraformProvider, Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { checkArguments, declared, isStandIn } from '../core/declared';
import { createAfter } from '../core/order/order';
import { reportProblems, reportWarningsLate } from '../core/problems/report';
import { type Violation, violation, when } from '../core/problems/violation';
import { show } from '../core/values/shown';
import { rememberPods } from '../kubernetes/known-clusters';
import { requireRoutesApart } from '../stack-checks/route-claims';
import { placementProblems } from '../workload/placement/placement-problems';
import { requireObjects } from '../workload/pods';
import { autoscaledProblems } from './controller-checks';
import { type Documents, type NamedObject, readDocuments, readFile } from './documents';
import { ManifestObject } from './manifest-object';
import { isFields } from './object-reader';
import { runsPods } from './pod-templates';
import { demandsOf, wordsOf } from './pod-demands';
import { referenceWarnings } from './reference-checks';
import { selectedWarnings } from './selected-checks';

/** Options for Kubernetes objects in YAML. */
export interface ManifestsOptions {
  /**
   * Whether Terraform imports the objects from the cluster, with `import` blocks. Use it for objects that were applied
   * by other means; once they are imported, it has no effect.
   *
   * @default false
   */
  readonly adopt?: boolean;
  /**
   * The provider of the cluster.
   *
   * @default - the only Kubernetes provider of the stack
   */
  readonly provider?: TerraformProvider;
  /**
   * Constructs that must be ready before the objects are created.
   *
   * @default - nothing
   */
  readonly prerequisites?: IConstruct[];
}

/** Properties of `Manifests.fromYaml`. */
export interface YamlManifestsProps extends ManifestsOptions {
  /**
   * The text of the manifests: one or more documents. References to resources and variables can be part of it; a
   * literal "${" is text.
   */
  readonly yaml: string;
}

/** Properties of `Manifests.fromYamlFile`. */
export interface FileManifestsProps extends ManifestsOptions {
  /** The path of a file with the manifests, relative to the folder in which the program runs. */
  readonly path: string;
}

/** The kinds that pods may need, and that are created before them. */
const BEFORE_PODS = [
  ...['PriorityClass', 'RuntimeClass', 'StorageClass', 'ResourceQuota', 'LimitRange', 'NetworkPolicy', 'ConfigMap'],
  ...['Secret', 'ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding', 'PersistentVolumeClaim'],
];

/**
 * Kubernetes objects from existing YAML, each as the resource of its kind, so that no cluster is needed during a plan.
 *
 * They are checked by the same rules as the constructs of this library. Nothing is added to them: unlike a `Workload`,
 * they have no probes or security context by default.
 *
 * The construct of an object has the id "<kind>-<name>", in "in-<namespace>" if it names a namespace. Its `defaultChild` is
 * the resource.
 *
 * @example
 * Manifests.fromYaml(stack, 'settings', {
 *   yaml: '{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings }, data: { mode: fast } }',
 * });
 */
export class Manifests extends Construct {
  /**
   * The objects of a text, which may contain several documents, lists and anchors, as for kubectl.
   *
   * Fields that the provider does not know, kinds without a resource in the provider, generated names and values of
   * Secrets are problems, each with its document and its line.
   */
  public static fromYaml(scope: Construct, id: string, props: YamlManifestsProps): Manifests {
    return new Manifests(scope, id, 'YamlManifestsProps', props, documentsOfText);
  }

  /** The objects of a file, read like those of a text. */
  public static fromYamlFile(scope: Construct, id: string, props: FileManifestsProps): Manifests {
    return new Manifests(scope, id, 'FileManifestsProps', props, documentsOfFile);
  }

  private constructor(
    scope: Construct,
    id: string,
    type: string,
    given: ManifestsOptions,
    read: (props: never) => Documents,
  ) {
    super(scope, id);
    const props = declared(this, type, given);
    requireObjects(this);
    requireRoutesApart(this);
    const { objects, problems } = read(props as never);
    reportProblems(this, () => [...problems, ...scaledProblems(objects)]);
    reportWarningsLate(this, () => [...referenceWarnings(this, objects), ...selectedWarnings(this, objects)]);
    const made = objects.flatMap((object) => this.make(object, props));
    const needed = made.filter(({ kind }) => BEFORE_PODS.includes(kind));
    for (const { kind, resource } of made) {
      createAfter(resource, () => [...(props.prerequisites ?? []), ...(runsPods(kind) ? needed : [])]);
    }
  }

  /** Creates the construct of an object, unless there already is one with its name. */
  private make(object: NamedObject, { provider, adopt = false }: ManifestsOptions): ManifestObject[] {
    const { kind, name, namespace, fields, place } = object;
    const scope = namespace === undefined ? this : this.namespaceScope(namespace);
    const id = `${kind.kind.toLowerCase()}-${name}`;
    if (scope.node.tryFindChild(id) !== undefined) {
      reportProblems(this, () => [place.located(repeatProblem(kind.kind, name))]);
      return [];
    }
    const made = new ManifestObject(scope, id, object, provider);
    const demands = demandsOf(kind.kind, fields);
    if (demands !== undefined) {
      const pods = {
        ...{ construct: made, provider, demands },
        isPlaced: Object.keys(demands.labels).length + demands.oneOf.length > 0,
        isOnEveryNode: kind.kind === 'DaemonSet',
      };
      rememberPods(pods);
      reportProblems(made, () => place.locatedAll(placementProblems(pods, wordsOf(kind.kind, fields))));
    }
    if (adopt) {
      made.adopt(object);
    }
    return [made];
  }

  private namespaceScope(namespace: string): Construct {
    const id = `in-${namespace}`;
    return (this.node.tryFindChild(id) as Construct | undefined) ?? new Construct(this, id);
  }
}

checkArguments(Manifests);

function documentsOfText({ yaml }: YamlManifestsProps): Documents {
  // a token is part of an object only if there is a colon
  return Token.isUnresolved(yaml) && !yaml.includes(':') ? unknown('yaml', yaml) : readDocuments(yaml);
}

function documentsOfFile({ path }: FileManifestsProps): Documents {
  return Token.isUnresolved(path) ? unknown('path', path) : readFile(path);
}

function unknown(property: string, value: string): Documents {
  return {
    objects: [],
    problems: when(
      !isStandIn(value),
      'manifest-known',
      () => `'${property}' must be known when the program runs: each object in it becomes a separate resource`,
    ),
  };
}

function repeatProblem(kind: string, name: string): Violation {
  return violation(
    'manifest-unique',
    `'metadata.name' must be unique among the objects of a kind in a namespace, got ${show(name)} twice for the kind ` +
      `${kind}: rename one of them, or leave it out`,
  );
}

/** The problems of the workloads that autoscalers among the objects scale. */
function scaledProblems(objects: readonly NamedObject[]): Violation[] {
  return objects
    .filter(({ kind }) => kind.kind === 'HorizontalPodAutoscaler')
    .flatMap(({ namespace, fields }) => {
      const target = isFields(fields.spec) ? fields.spec.scaleTargetRef : undefined;
      return objects.filter(
        (one) =>
          isFields(target) && one.namespace === namespace && one.kind.kind === target.kind && one.name === target.name,
      );
    })
    .flatMap(({ kind, fields, place }) => place.locatedAll(autoscaledProblems(kind.kind, fields)));
}
