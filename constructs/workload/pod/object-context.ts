import type { TerraformProvider } from 'cdktf';
import type { PodOptions } from './pod-options';

/** The provider, the metadata and the selector of all Kubernetes objects of one workload. */
export interface ObjectContext {
  readonly provider: TerraformProvider | undefined;
  /** The metadata of all objects except those with their own name. */
  readonly metadata: { name: string; namespace: string | undefined; labels: { [label: string]: string } };
  /** The labels that select the pods of this workload. They never change: a selector is immutable. */
  readonly selector: { [label: string]: string };
}

/**
 * The context of a workload, with the recommended labels except for the version, since a new tag of the image would
 * change every object.
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
