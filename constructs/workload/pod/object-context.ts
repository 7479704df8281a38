import type { TerraformProvider } from 'cdktf';
import type { PodOptions } from './pod-options';

/** What all Kubernetes objects of one workload have in common. */
export interface ObjectContext {
  readonly provider: TerraformProvider | undefined;
  /** The metadata of all objects but those that have a name of their own. */
  readonly metadata: { name: string; namespace: string | undefined; labels: { [label: string]: string } };
  /** The labels that tell the pods of this workload from all others. They never change: a selector cannot. */
  readonly selector: { [label: string]: string };
}

/**
 * The labels say what Kubernetes' tools look for. None carries the tag of the image: a new one would change every object.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function objectContext(props: PodOptions): ObjectContext {
  const { name, namespace, provider, partOf } = props;
  const selector = { app: name };
  const labels = {
    ...selector,
    'app.kubernetes.io/name': name,
    ...(partOf === undefined ? {} : { 'app.kubernetes.io/part-of': partOf }),
    'app.kubernetes.io/managed-by': 'terraform',
  };
  return { provider, metadata: { name, namespace, labels }, selector };
}
