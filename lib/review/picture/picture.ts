/** What happens to a part of a picture. */
export type Mark = 'same' | 'added' | 'removed' | 'changed' | 'replaced' | 'unsure';

/** Where a box comes from: the code, the cloud, in which the code finds it, or Azure, which makes it for a resource. */
export type Origin = 'code' | 'found' | 'azure';

/** A box on one side of a change. */
export interface Look {
  /** What it is, in words: "container registry". */
  readonly caption: string;
  readonly name: string;
  /** What tells it from its like, a line each. */
  readonly details: readonly string[];
  /** The id of the box around it. */
  readonly parent?: string;
}

/** A box of a picture: a resource, or a place in which resources are. */
export interface Box {
  readonly id: string;
  /** Absent if it is new. */
  readonly before?: Look;
  /** Absent if it is removed. */
  readonly after?: Look;
  readonly mark: Mark;
  readonly origin: Origin;
  /** Whether other boxes may be in it. */
  readonly isPlace: boolean;
  /** Whether it has no counterpart in the cloud, so that only its change is of interest. */
  readonly isMinor?: true;
  /** The resource that it stands for. */
  readonly stack?: string;
  readonly address?: string;
  /** What changes about it that is no box of its own, each with its mark. */
  readonly parts: readonly Part[];
}

/** A resource that belongs to a box, such as the disruption budget of a workload. */
export interface Part {
  readonly text: string;
  readonly mark: Mark;
}

/** What an arrow means: who may reach, who is allowed what, who uses what, what is attached to what. */
export type ArrowKind = 'reach' | 'role' | 'use' | 'attach';

/** An arrow of a picture; the text is absent on the side on which there is no such arrow. */
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
  /** In the order in which they are drawn; a place comes before what is in it. */
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}
