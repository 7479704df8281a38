import type { JobV1SpecTemplate } from '@cdktf/provider-kubernetes/lib/job-v1';
import type { TerraformResource } from 'cdktf';
import { objectSpec } from './object-metadata';

/** What makes pods: how many, how it selects them, and what each of them is like. What was read from YAML may lack parts. */
export interface PodMaker {
  /** The labels that it selects its pods by; none where Kubernetes makes them up, as for those of a job. */
  readonly selector: { readonly [label: string]: string };
  readonly template?: JobV1SpecTemplate;
  /** The fewest pods that there are. */
  readonly count: number;
}

/** The types of the resources that make pods; of the older ones, what a new one has in its place ends in "_v1". */
const MAKERS = /^kubernetes_(deployment|stateful_set|daemon_?set|job|cron_job)(_v1)?$/;
const SELECTING = /^kubernetes_(deployment|stateful_set|daemon_?set)(_v1)?$/;

interface Spec {
  readonly selector?: { readonly matchLabels?: { readonly [label: string]: string } };
  readonly template?: JobV1SpecTemplate;
  readonly replicas?: string;
  readonly parallelism?: number;
  readonly jobTemplate?: { readonly spec?: Spec };
}

/** Whether a resource makes pods by a template. A pod by itself is none. */
export function makesPods({ terraformResourceType }: TerraformResource): boolean {
  return MAKERS.test(terraformResourceType);
}

/** How a resource makes pods; undefined if it makes none. */
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
