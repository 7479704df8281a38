import { hasNone } from '../compare/instances';
import type { Resource, Stack } from '../read/program';
import type { ArrowKind, Look, Origin } from './picture';

/** A box of one side. */
export interface SketchBox extends Look {
  readonly id: string;
  readonly origin: Origin;
  readonly isPlace: boolean;
  /** The resource that it stands for, or that it is part of. */
  readonly owner?: Resource;
  /** Whether it is drawn only if it changes. */
  readonly isMinor?: boolean;
}

/** An arrow of one side. */
export interface SketchArrow {
  readonly from: string;
  readonly to: string;
  readonly kind: ArrowKind;
  readonly text: string;
  /** The resource that declares it, such as a role assignment. */
  readonly owner?: Resource;
}

/** One side of a picture while it is drawn. */
export class Sketch {
  public readonly boxes = new Map<string, SketchBox>();
  public readonly arrows: SketchArrow[] = [];
  /** The boxes of the resources that are drawn as parts of boxes. */
  public readonly parts = new Map<Resource, string>();
  private readonly ids = new Map<Resource, string>();
  private readonly attachments = new Map<string, string>();
  private readonly byName: ReadonlyMap<string, Stack>;
  /** The managed resources of all stacks that have instances. */
  public readonly resources: readonly Resource[];

  constructor(
    public readonly stacks: readonly Stack[],
    private readonly addressOf: (resource: Resource) => string,
  ) {
    this.byName = new Map(stacks.map((stack) => [stack.name, stack]));
    this.resources = stacks.flatMap((stack) =>
      [...stack.resources.values()].filter(({ mode, meta }) => mode !== 'data' && !hasNone(meta)),
    );
  }

  /** The stack with a name. */
  public stackOf(name: string): Stack | undefined {
    return this.byName.get(name);
  }

  /** The id of a resource's box, the same on both sides of a change. */
  public idOf(resource: Resource): string {
    const id = this.ids.get(resource) ?? `${resource.stack} ${this.addressOf(resource)}`;
    this.ids.set(resource, id);
    return id;
  }

  /** Adds a box once, and returns its id. */
  public add(box: SketchBox): string {
    if (!this.boxes.has(box.id)) {
      this.boxes.set(box.id, box);
    }
    return box.id;
  }

  /** Adds an arrow between two boxes, if both are known and neither contains the other. */
  public connect(arrow: Omit<SketchArrow, 'from' | 'to'>, from: string | undefined, to: string | undefined): void {
    if (from !== undefined && to !== undefined && from !== to && !this.isWithin(from, to) && !this.isWithin(to, from)) {
      this.arrows.push({ ...arrow, from, to });
      if (arrow.kind === 'attach' && !this.attachments.has(from)) {
        this.attachments.set(from, to);
      }
    }
  }

  /** The first box that a box is attached to. */
  public attachedTo(id: string): string | undefined {
    return this.attachments.get(id);
  }

  private isWithin(inner: string, outer: string): boolean {
    for (let id = this.boxes.get(inner)?.parent; id !== undefined; id = this.boxes.get(id)?.parent) {
      if (id === outer) {
        return true;
      }
    }
    return false;
  }
}
