import type { ContainerOptions } from './container-options';

/** A container that runs to completion before the container of the pod starts, such as a migration or a wait. */
export interface InitContainer extends ContainerOptions {
  /** Its name: 1 to 63 lower-case letters, digits and "-", different from those of the other containers of the pod. */
  readonly name: string;
}
