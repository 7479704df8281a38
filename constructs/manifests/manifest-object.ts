import type { TerraformProvider, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { reportProblems, reportWarnings } from '../core/problems/report';
import type { Violation } from '../core/problems/violation';
import { autoscalerProblems, disruptionProblems, rolloutProblems, workloadWarnings } from './controller-checks';
import { completed, settingsOf } from './completion';
import type { NamedObject } from './documents';
import { ingressWarnings } from './ingress-checks';
import { type Fields, ObjectReader } from './object-reader';
import { valueProblems } from './object-rules';
import { podProblems, podWarnings } from './pod-checks';
import { secretProblems, secretValues, withoutValues } from './secret-values';
import { networkPolicyProblems } from './network-policy-checks';
import { claimsOfObjectProblems, limitRangeProblems } from './quantity-checks';
import { serviceProblems } from './service-checks';
import { emptySelectorProblems, structureProblems } from './structure-checks';
import { propertyOf } from './yaml-place';

type Binding = new (scope: Construct, id: string, config: object) => TerraformResource;

/** An object from YAML as the resource of its kind, which has the id `Resource`. */
export class ManifestObject extends Construct {
  public readonly kind: string;
  public readonly resource: TerraformResource;

  constructor(
    scope: Construct,
    id: string,
    { kind: { kind, shape, binding, load }, fields, place }: NamedObject,
    provider: TerraformProvider | undefined,
  ) {
    super(scope, id);
    this.kind = kind;
    const reader = new ObjectReader();
    const config = reader.object(completed(kind, withoutValues(kind, fields)), shape);
    reportProblems(this, () => place.locatedAll(problemsOf(kind, fields, reader.problems)));
    reportWarnings(this, place.locatedAll(warningsOf(kind, fields)));
    const BindingClass = (load() as { readonly [name: string]: Binding | undefined })[binding];
    if (BindingClass === undefined) {
      throw new Error(`the bindings of the Kubernetes provider have no ${binding}: install the required version`);
    }
    this.resource = new BindingClass(this, 'Resource', {
      provider,
      ...config,
      ...settingsOf(kind),
      ...secretValues(kind, fields),
    });
  }

  /**
   * Makes Terraform import the existing object.
   *
   * @see https://registry.terraform.io/providers/hashicorp/kubernetes/2.38.0/docs/resources/deployment_v1#import
   */
  public adopt({ kind, name, namespace = 'default' }: NamedObject): void {
    this.resource.importFrom(kind.isNamespaced ? `${namespace}/${name}` : name);
  }
}

function warningsOf(kind: string, object: Fields): Violation[] {
  return [...podWarnings(kind, object), ...workloadWarnings(kind, object), ...ingressWarnings(kind, object)];
}

/** The problems of an object. Values that are invalid by themselves are not checked in combination with others. */
function problemsOf(kind: string, object: Fields, read: readonly Violation[]): Violation[] {
  const ofTypes = read.map(propertyOf);
  const single = [
    ...read,
    ...[...structureProblems(kind, object), ...valueProblems(kind, object)].filter(
      (one) => !ofTypes.some((property) => property !== '' && propertyOf(one).startsWith(property)),
    ),
  ];
  const known = single.map(propertyOf);
  const related = [
    ...podProblems(kind, object),
    ...rolloutProblems(kind, object),
    ...autoscalerProblems(kind, object),
    ...disruptionProblems(kind, object),
    ...serviceProblems(kind, object),
    ...networkPolicyProblems(kind, object),
    ...claimsOfObjectProblems(kind, object),
    ...limitRangeProblems(kind, object),
    ...emptySelectorProblems(kind, object),
  ].filter((one) => propertyOf(one) === '' || !known.some((property) => property.startsWith(propertyOf(one))));
  return [...secretProblems(kind, object), ...single, ...related];
}
