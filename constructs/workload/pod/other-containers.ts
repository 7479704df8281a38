import type { ContainerOptions } from './container-options';
import type { PodParts } from './pod-parts';

/** A container of a pod other than the first one, and its property. */
export interface OtherContainer {
  /** The property, such as "sidecars[0]". */
  readonly property: string;
  readonly options: ContainerOptions & { readonly name: string };
}

/** The containers of a pod other than the first one: those that run before it, and those that run next to it. */
export function otherContainers({ initContainers = [], sidecars = [] }: PodParts): OtherContainer[] {
  return [
    ...initContainers.map((options, index) => ({ property: `initContainers[${index}]`, options })),
    ...sidecars.map((options, index) => ({ property: `sidecars[${index}]`, options })),
  ];
}
