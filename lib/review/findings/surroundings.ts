import { isExpression } from '../../terraform-json/expression';
import { groupBy } from '../../terraform-json/group';
import { textAt, type JsonObject } from '../../terraform-json/json';
import { onlyReference } from '../../terraform-json/references';
import { references } from '../match/match';
import type { Resource, Stack } from '../read/program';
import { any, type Answer } from '../objects/answer';
import { namespaceOf, objectsOf, type KubernetesObject } from '../objects/kubernetes-object';
import type { Pod } from '../objects/pod';
import { Selection } from './selection';

/** Reads the selector of an object. */
type SelectorOf = ConstructorParameters<typeof Selection>[1];

/** The other resources of a stack, for rules about several resources. Everything is looked up only once. */
export class Surroundings {
  private readonly types = new Map<string, readonly Resource[]>();
  private readonly selections = new Map<string, Selection>();
  private readonly targets = new Map<string, ReadonlySet<string>>();
  private scaled: ReadonlySet<string> | undefined;
  private headless: ReadonlySet<string> | undefined;
  private hiding: boolean | undefined;
  private given: ReadonlySet<string> | undefined;
  private byKind: ReadonlyMap<string, readonly KubernetesObject[]> | undefined;

  public constructor(private readonly stack: Stack) {}

  /** Whether an object of a kind selects a pod; undefined if the code may hide such objects. */
  public selects(kind: string, pod: Pod, selectorOf: SelectorOf): Answer {
    const known = this.selections.get(kind) ?? new Selection(this.objects(kind), selectorOf);
    this.selections.set(kind, known);
    return any([known.selects(pod), this.hidesObjects ? undefined : false]);
  }

  /** Whether a resource of a type refers to another one in an argument. */
  public refersTo(type: string, attribute: string, address: string): Answer {
    const key = `${type} ${attribute}`;
    const known =
      this.targets.get(key) ??
      new Set(this.resources(type).flatMap(({ written, attributes }) => targetsOf(written ?? attributes, attribute)));
    this.targets.set(key, known);
    const isOpen = known.has(UNKNOWN) || this.modules.has(address);
    return known.has(address) || (isOpen ? undefined : false);
  }

  /** Whether an autoscaler sets the replicas of a workload. */
  public isScaled({ kind, metadata }: KubernetesObject, namespace: string): Answer {
    const name = textAt(metadata.json, 'name') ?? '';
    this.scaled ??= new Set(this.objects('HorizontalPodAutoscaler').map(scaledBy));
    const isKnown = !isExpression(name) && !isExpression(namespace) && !this.scaled.has(UNKNOWN);
    return this.scaled.has(keyOf(namespace, kind, name)) || (isKnown && !this.hidesObjects ? false : undefined);
  }

  /** Whether a headless Service with a name is in the namespace of an object. */
  public hasHeadlessService(object: KubernetesObject, name: string): Answer {
    this.headless ??= new Set(this.objects('Service').flatMap(headlessName));
    const namespace = namespaceOf(object);
    const isKnown = !isExpression(namespace) && !this.headless.has(UNKNOWN) && !this.hidesObjects;
    return this.headless.has(keyOf(namespace, name)) || (isKnown ? false : undefined);
  }

  /** The objects of a kind. */
  public objects(kind: string): readonly KubernetesObject[] {
    this.byKind ??= groupBy([...this.stack.resources.values()].flatMap(objectsOf), ({ kind }) => kind);
    return this.byKind.get(kind) ?? [];
  }

  private resources(type: string): readonly Resource[] {
    const known = this.types.get(type) ?? [...this.stack.resources.values()].filter((one) => one.type === type);
    this.types.set(type, known);
    return known;
  }

  /** Whether objects may be in modules, or in manifests whose contents only Terraform knows. */
  private get hidesObjects(): boolean {
    return (this.hiding ??= [...this.stack.resources.values()].some(
      (resource) =>
        resource.mode === 'module' ||
        resource.type === 'kubectl_manifest' ||
        (resource.type === 'kubernetes_manifest' && objectsOf(resource).length === 0),
    ));
  }

  /** The addresses of resources that modules receive and may refer to. */
  private get modules(): ReadonlySet<string> {
    return (this.given ??= new Set(
      [...this.stack.resources.values()]
        .filter(({ mode }) => mode === 'module')
        .flatMap((module) => references(module).map(({ address }) => address)),
    ));
  }
}

/** A target that only Terraform knows. */
const UNKNOWN = '';

function targetsOf(given: JsonObject, attribute: string): string[] {
  const text = textAt(given, attribute);
  const address = text === undefined ? undefined : onlyReference(text)?.address;
  if (address !== undefined && /^(?!var\.|local\.|each\.|module\.)/.test(address)) {
    return [address];
  }
  return isExpression(text) ? [UNKNOWN] : [];
}

function scaledBy(autoscaler: KubernetesObject): string {
  const target = autoscaler.spec.block('scaleTargetRef');
  const [kind, name] = [target.text('kind'), target.text('name')];
  const namespace = namespaceOf(autoscaler);
  return typeof kind === 'string' && typeof name === 'string' && !isExpression(namespace)
    ? keyOf(namespace, kind, name)
    : UNKNOWN;
}

/** The namespace and the name of a Service if it is headless. */
function headlessName(service: KubernetesObject): string[] {
  const [name, namespace] = [service.metadata.text('name'), namespaceOf(service)];
  const isHeadless = service.spec.is('clusterIP', (address) => address === 'None');
  if (isHeadless === false) {
    return [];
  }
  const isKnown = isHeadless === true && typeof name === 'string' && !isExpression(namespace);
  return [isKnown ? keyOf(namespace, name) : UNKNOWN];
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
