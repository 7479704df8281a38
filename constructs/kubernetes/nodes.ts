import type { IConstruct } from 'constructs';

/** Nodes of one kind, such as those of a node pool. */
export interface INodes extends IConstruct {
  /** The labels by which pods select them. */
  readonly nodeLabels: { readonly [key: string]: string };
  /** Their taints, each as "key=value:effect". */
  readonly nodeTaints: string[];
  /** The names of their pool, if its labels alone do not select it: its own, and its temporary name during rotation. */
  readonly nodePoolNames?: string[];
  /** The architecture of their processors, "amd64" or "arm64"; undefined if it is not known. */
  readonly architecture?: string;
}

/** The label of nodes whose value is the name of their pool. */
export const POOL_LABEL = 'kubernetes.azure.com/agentpool';
