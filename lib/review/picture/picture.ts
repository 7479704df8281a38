/** The change of a part of a picture. */
export type Mark = 'same' | 'added' | 'removed' | 'changed' | 'replaced' | 'unsure';

/** The origin of a box: declared by the code, found in the cloud, or created by Azure for a resource. */
export type Origin = 'code' | 'found' | 'azure';

/** A box on one side of a change. */
export interface Look {
  /** What it is, such as "container registry". */
  readonly caption: string;
  readonly name: string;
  /** The details that distinguish it from others of its kind, one for each line. */
  readonly details: readonly string[];
  /** The id of the box around it. */
  readonly parent?: string;
}

/** A box of a picture: a resource, or a place that contains resources. */
export interface Box {
  readonly id: string;
  /** Absent if it is new. */
  readonly before?: Look;
  /** Absent if it is removed. */
  readonly after?: Look;
  readonly mark: Mark;
  readonly origin: Origin;
  /** Whether it may contain other boxes. */
  readonly isPlace: boolean;
  /** Whether it has no counterpart in the cloud, so that only its changes matter. */
  readonly isMinor?: true;
  /** The resource that it stands for. */
  readonly stack?: string;
  readonly address?: string;
  /** The resources without their own boxes that belong to it and change. */
  readonly parts: readonly Part[];
}

/** A resource that belongs to a box, such as the disruption budget of a workload. */
export interface Part {
  readonly text: string;
  readonly mark: Mark;
}

/** The meaning of an arrow: access over the network, a role, a use or an attachment. */
export type ArrowKind = 'reach' | 'role' | 'use' | 'attach';

/** An arrow of a picture; the text is absent on a side without the arrow. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly kind: ArrowKind;
  readonly before?: string;
  readonly after?: string;
  readonly mark: Mark;
}

/** The system that a program describes, before and after a change. */
export interface Picture {
  /** In drawing order: a place precedes its contents. */
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}
