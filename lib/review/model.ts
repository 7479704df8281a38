import type { Json } from '../terraform-json/json';

/** The version of the review's JSON; its first number changes when something that was there changes its meaning. */
export const SCHEMA_VERSION = '1.0';

/** What happens to one resource. */
export type Action = 'replace' | 'destroy' | 'forget' | 'rename' | 'update' | 'create' | 'import' | 'move';

/** A line of the program's code. */
export interface Location {
  /** Relative to the folder that the program was run in. */
  readonly file: string;
  readonly line: number;
}

/** How a review knows what it says. */
export interface Provenance {
  /** A fact of Terraform's plan, a prediction from what providers are known to do, or a fact of the code. */
  readonly kind: 'plan' | 'predicted' | 'code';
  /** The knowledge that a prediction rests on, such as "azurerm 4.55.0". */
  readonly basis?: string;
  /** Why the prediction may not hold. */
  readonly caveat?: string;
}

/** What a change of one attribute does beyond an update in place. */
export interface Effect {
  /** `rotates` cycles the nodes of a pool; `fails` is refused after a plan that looked right. */
  readonly kind: 'replaces' | 'may-replace' | 'rotates' | 'fails';
  /** When it holds, if not always. */
  readonly condition?: string;
  /** Where the knowledge comes from. */
  readonly source?: string;
}

/** One attribute before and after. */
export interface AttributeChange {
  /** With the keys of list items in brackets: container[front].env[TITLE].value. */
  readonly path: string;
  /** Absent if the attribute is new. */
  readonly before?: Json;
  /** Absent if the attribute is gone. */
  readonly after?: Json;
  /** The same items in another order. */
  readonly orderOnly?: true;
  readonly effect?: Effect;
  /** Why a value that the code does not change may change, or how it may not. */
  readonly note?: string;
}

/** Why a resource is replaced, or may be. */
export interface Cause {
  readonly attribute: string;
  readonly text: string;
  readonly source?: string;
}

/** Something that goes down with a resource that is lost. */
export interface Dependent {
  readonly stack: string;
  readonly address: string;
  readonly reason: string;
}

/** What happens to one resource, and all that is known about it. */
export interface Change {
  readonly action: Action;
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  /** Where the construct is in the program's tree. */
  readonly path?: string;
  /** The address that it had before. */
  readonly from?: string;
  readonly provenance: Provenance;
  /** True if a condition that the code does not decide may turn this update into a replacement. */
  readonly mayReplace: boolean;
  readonly causes: readonly Cause[];
  /** What is lost when this kind of resource is. */
  readonly holds?: string;
  readonly takes: readonly Dependent[];
  /** The line to paste that makes a loss unnecessary. */
  readonly cure?: string;
  readonly attributes: readonly AttributeChange[];
  readonly notes: readonly string[];
  readonly location?: Location;
  /** True if the plan has it and the code's change does not explain it. */
  readonly unrelated: boolean;
}

/** A change whose plan looks right and whose apply fails. */
export interface Trap {
  readonly stack: string;
  readonly address: string;
  readonly attribute: string;
  readonly text: string;
  readonly cure: string;
  readonly source: string;
  readonly location?: Location;
}

/** What became of one way in. */
export type Shift = 'added' | 'removed' | 'widened' | 'narrowed' | 'changed';

/** Who may do what, before and after. */
export interface AccessRow {
  readonly stack: string;
  readonly address: string;
  readonly shift: Shift;
  readonly who: string;
  readonly before?: string;
  readonly after?: string;
  readonly note?: string;
  readonly provenance: Provenance;
  readonly location?: Location;
}

/** From where something can be reached, before and after. */
export interface ExposureRow {
  readonly stack: string;
  readonly address: string;
  readonly shift: Shift;
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
  readonly provenance: Provenance;
  readonly location?: Location;
}

/** A change of what surrounds the resources: versions, backends, provider settings, variables, outputs. */
export interface SettingRow {
  readonly stack: string;
  readonly kind:
    'provider version' | 'terraform version' | 'backend' | 'provider' | 'variable' | 'output' | 'data' | 'lifecycle';
  readonly what: string;
  readonly before?: Json;
  readonly after?: Json;
  readonly note?: string;
}

/** How many resources each thing happens to. */
export interface Counts {
  readonly replace: number;
  readonly destroy: number;
  readonly forget: number;
  readonly rename: number;
  readonly update: number;
  readonly create: number;
  readonly import: number;
  readonly move: number;
  /** Of the updates, how many may turn out to be replacements. */
  readonly mayReplace: number;
  readonly unchanged: number;
}

/** What a pull request would do, and what is not known about it. The one model that every output is made from. */
export interface Review {
  readonly schemaVersion: string;
  readonly verdict: { readonly level: 'danger' | 'attention' | 'change' | 'none'; readonly text: string };
  readonly counts: Counts;
  /** What the review rests on: the code alone, or a plan as well. */
  readonly basis: { readonly plan: boolean; readonly firstReview: boolean; readonly stacks: readonly string[] };
  /** Every change, the most dangerous first. */
  readonly changes: readonly Change[];
  readonly traps: readonly Trap[];
  readonly access: readonly AccessRow[];
  readonly exposure: readonly ExposureRow[];
  readonly settings: readonly SettingRow[];
  /** What the review cannot know. Never empty: no state was read. */
  readonly unknown: readonly string[];
}
