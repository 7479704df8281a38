import type { ContainerOptions } from './container-options';

/** A container that runs to completion before the other containers of the pod start, such as a wait for a database. */
export interface InitContainer extends ContainerOptions {
  /** Its name: 1 to 63 lower-case letters, digits and "-", different from those of the other containers of the pod. */
  readonly name: string;
}
