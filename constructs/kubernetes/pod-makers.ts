import type { JobV1SpecTemplate } from '@cdktf/provider-kubernetes/lib/job-v1';
import type { TerraformResource } from 'cdktf';
import { objectSpec } from './object-metadata';

/** A resource that creates pods: their number, selector and template. Parts may be missing in objects from YAML. */
export interface PodMaker {
  /** The labels by which it selects its pods; none where Kubernetes generates them, as for those of a job. */
  readonly selector: { readonly [label: string]: string };
  readonly template?: JobV1SpecTemplate;
  /** The fewest pods that there are. */
  readonly count: number;
}

/** The types of the resources that create pods: older ones, and their replacements, which end with "_v1". */
const MAKERS = /^kubernetes_(deployment|stateful_set|daemon_?set|job|cron_job)(_v1)?$/;
const SELECTING = /^kubernetes_(deployment|stateful_set|daemon_?set)(_v1)?$/;

interface Spec {
  readonly selector?: { readonly matchLabels?: { readonly [label: string]: string } };
  readonly template?: JobV1SpecTemplate;
  readonly replicas?: string;
  readonly parallelism?: number;
  readonly jobTemplate?: { readonly spec?: Spec };
}

/** Whether a resource creates pods from a template. A single pod does not count. */
export function makesPods({ terraformResourceType }: TerraformResource): boolean {
  return MAKERS.test(terraformResourceType);
}

/** How a resource creates pods; undefined if it creates none. */
export function podMakerOf(resource: TerraformResource): PodMaker | undefined {
  if (!makesPods(resource)) {
    return undefined;
  }
  const own: Spec = objectSpec(resource);
  const { template } = own.jobTemplate?.spec ?? own;
  const count = Number(own.replicas ?? own.parallelism ?? 1);
  const selector = SELECTING.test(resource.terraformResourceType) ? (own.selector?.matchLabels ?? {}) : {};
  return { selector, template, count: Number.isInteger(count) ? count : 1 };
}
