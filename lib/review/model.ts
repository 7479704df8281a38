import type { Json } from '../terraform-json/json';
import type { Profile, Severity } from './findings/severity';

/** The version of the review's JSON; its major number changes with every breaking change. */
export const SCHEMA_VERSION = '1.2';

/** The action on one resource. */
export type Action = 'replace' | 'destroy' | 'forget' | 'rename' | 'update' | 'create' | 'import' | 'move';

/** A consequence of a loss, the worst first: data lost, an outage of a day, an address lost, access lost, a short outage. */
export type Consequence = 'data' | 'outage' | 'address' | 'access' | 'minute';

/** A way to avoid a loss or a failure, or to undo a change that opens something. */
export interface Remedy {
  /** What to do, as a sentence that the code completes. */
  readonly text: string;
  /** The code, command or value for it. */
  readonly code?: string;
}

/** A line of the program's code. */
export interface Location {
  /** The path relative to the folder in which the program was run. */
  readonly file: string;
  readonly line: number;
}

/**
 * How certain a statement is: `certain` if the plan or the code decides it, `likely` if the rules of the provider decide it,
 * and `possible` if it depends on something that neither shows.
 */
export type Certainty = 'certain' | 'likely' | 'possible';

/** The source of a statement in a review. */
export interface Provenance {
  /** A fact of Terraform's plan, a prediction from the knowledge about providers, or a fact of the code. */
  readonly kind: 'plan' | 'predicted' | 'code';
  /** The knowledge that a prediction is based on, such as "azurerm 4.55.0". */
  readonly basis?: string;
  /** Why the prediction may not hold. */
  readonly caveat?: string;
}

/** The effect of a change of one attribute beyond an update in place. */
export interface Effect {
  /** `rotates` cycles the nodes of a pool; `fails` passes the plan and fails in the apply. */
  readonly kind: 'replaces' | 'may-replace' | 'rotates' | 'fails';
  /** The condition of the effect, if there is one. */
  readonly condition?: string;
  /** The source of the knowledge. */
  readonly source?: string;
}

/** A change of one attribute. */
export interface AttributeChange {
  /** The path, with the keys of list items in brackets: container[front].env[TITLE].value. */
  readonly path: string;
  /** Absent if the attribute is new. */
  readonly before?: Json;
  /** Absent if the attribute is removed. */
  readonly after?: Json;
  /** The same items in another order. */
  readonly orderOnly?: true;
  readonly effect?: Effect;
  /** Why the change is not certain. */
  readonly note?: string;
}

/** Why a resource is replaced, or may be. */
export interface Cause {
  readonly attribute: string;
  readonly text: string;
  /** The recreated resource that this one depends on, in words. */
  readonly dependsOn?: string;
  readonly source?: string;
}

/** A resource that is lost with another one. */
export interface Dependent {
  readonly stack: string;
  readonly address: string;
  /** What a person calls the resource: "Deployment web". */
  readonly name: string;
  readonly reason: string;
}

/** The change of one resource, and everything known about it. */
export interface Change {
  readonly action: Action;
  readonly stack: string;
  readonly address: string;
  /** What a person calls the resource: "cluster jm-inn-aks". */
  readonly name: string;
  readonly type: string;
  /** The path of the construct in the program's tree. */
  readonly path?: string;
  /** The previous address. */
  readonly from?: string;
  readonly provenance: Provenance;
  readonly certainty: Certainty;
  /** True if this update may turn out to be a replacement, which the code alone does not decide. */
  readonly mayReplace: boolean;
  readonly causes: readonly Cause[];
  /** What is lost with a resource of this type. */
  readonly holds?: string;
  /** The consequences of the loss, the worst first; empty if nothing is lost, or nothing is known to be lost. */
  readonly consequences: readonly Consequence[];
  readonly takes: readonly Dependent[];
  /** The code to paste that avoids the loss. */
  readonly cure?: string;
  /** Ways to avoid the loss, the simplest first. */
  readonly remedies: readonly Remedy[];
  readonly attributes: readonly AttributeChange[];
  readonly notes: readonly string[];
  readonly location?: Location;
  /** True if the plan contains it but the change of the code does not explain it. */
  readonly unrelated: boolean;
}

/** A change that passes the plan and fails in the apply. */
export interface Trap {
  readonly stack: string;
  readonly address: string;
  /** What a person calls the resource. */
  readonly name: string;
  readonly attribute: string;
  readonly text: string;
  /** Ways to avoid the failure, the simplest first. */
  readonly remedies: readonly Remedy[];
  readonly source: string;
  readonly location?: Location;
}

/** How a permission or an entry point changes. */
export type Shift = 'added' | 'removed' | 'widened' | 'narrowed' | 'changed';

/** A permission before and after. */
export interface AccessRow {
  readonly stack: string;
  readonly address: string;
  /** What a person calls the resource that grants the permission. */
  readonly name: string;
  readonly shift: Shift;
  readonly severity: Severity;
  /** The principal in words. */
  readonly who: string;
  /** The principal as it is written in the code. */
  readonly principal: string;
  readonly before?: string;
  readonly after?: string;
  readonly note?: string;
  /** Ways to undo or narrow it, the simplest first; empty if it is removed or narrowed. */
  readonly remedies: readonly Remedy[];
  readonly provenance: Provenance;
  readonly location?: Location;
}

/** An entry point before and after. */
export interface ExposureRow {
  readonly stack: string;
  readonly address: string;
  /** What a person calls the resource that is reached. */
  readonly name: string;
  readonly shift: Shift;
  readonly severity: Severity;
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
  /** Ways to undo or narrow it, the simplest first; empty if it is removed or narrowed. */
  readonly remedies: readonly Remedy[];
  readonly provenance: Provenance;
  readonly location?: Location;
}

/**
 * Why a setting needs attention: a safeguard is removed, a program runs where Terraform runs, or credentials are handed
 * out.
 */
export type Concern = 'guard' | 'program' | 'credentials';

/** A change around the resources: of versions, backends, provider settings, variables, outputs, other blocks or files. */
export interface SettingRow {
  readonly stack: string;
  readonly kind:
    | 'provider version'
    | 'terraform version'
    | 'backend'
    | 'provider'
    | 'variable'
    | 'output'
    | 'data'
    | 'lifecycle'
    | 'block'
    | 'import'
    | 'moved'
    | 'removed'
    | 'stack'
    | 'file';
  readonly what: string;
  readonly concern?: Concern;
  /** The address of the resource that it is about. */
  readonly address?: string;
  readonly before?: Json;
  readonly after?: Json;
  readonly note?: string;
}

/** A finding that somebody has accepted. */
export interface AcceptedFinding {
  readonly reason: string;
  /** The last day on which it counts. */
  readonly until?: string;
  /** Whether the code of the resource or a file accepts it. */
  readonly where: 'code' | 'file';
  /** Set if that day has passed, so that the finding counts again. */
  readonly expired?: true;
}

/** A rule that a resource violates, or no longer violates after the change. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly state: 'new' | 'old' | 'fixed';
  /** What a person calls the resource. */
  readonly name: string;
  readonly stack: string;
  readonly address: string;
  /** The path of the construct in the program's tree. */
  readonly path?: string;
  /** The block of the resource that it is about, such as "container[web]". */
  readonly part?: string;
  /** An identifier that stays the same even if the line, the address or a value of the resource changes. */
  readonly fingerprint: string;
  readonly accepted?: AcceptedFinding;
  readonly location?: Location;
}

/** A rule for which the code does not decide whether it holds. */
export interface Undecided {
  readonly rule: string;
  /** The resources, each with its stack. */
  readonly resources: readonly string[];
  /** The number of resources for which the code before the change decided it. */
  readonly added: number;
}

/** A rule that findings refer to. */
export interface FindingRuleText {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly fix: { readonly typescript?: string; readonly terraform: string };
  readonly severity: Severity;
  readonly profile: Profile;
  readonly equivalents: readonly string[];
  readonly source: string;
}

/** The findings in the program, and the effect of the change on them. */
export interface Findings {
  readonly profile: Profile;
  /** The day for which acceptances are evaluated; absent if it was not given. */
  readonly today?: string;
  /** The number of findings in each state, without those that are accepted, and the number of accepted ones. */
  readonly counts: { readonly new: number; readonly old: number; readonly fixed: number; readonly accepted: number };
  /** New findings first, the most severe of them first. */
  readonly rows: readonly Finding[];
  readonly undecided: readonly Undecided[];
  /** Problems with acceptances. */
  readonly remarks: readonly string[];
  readonly rules: readonly FindingRuleText[];
}

/** The number of resources for each action. */
export interface Counts {
  readonly replace: number;
  readonly destroy: number;
  readonly forget: number;
  readonly rename: number;
  readonly update: number;
  readonly create: number;
  readonly import: number;
  readonly move: number;
  /** The number of updates that may turn out to be replacements. */
  readonly mayReplace: number;
  readonly unchanged: number;
}

/** The review of a change, and the limits of what is known about it. Every output is rendered from this model. */
export interface Review {
  readonly schemaVersion: string;
  readonly verdict: {
    readonly level: 'danger' | 'attention' | 'change' | 'none';
    readonly text: string;
    readonly headline: string;
  };
  readonly counts: Counts;
  /** The input of the review: the code alone, or a plan as well. */
  readonly basis: { readonly plan: boolean; readonly firstReview: boolean; readonly stacks: readonly string[] };
  /** The changes, the most dangerous first. */
  readonly changes: readonly Change[];
  readonly traps: readonly Trap[];
  readonly access: readonly AccessRow[];
  readonly exposure: readonly ExposureRow[];
  readonly settings: readonly SettingRow[];
  readonly findings: Findings;
  /** What the review cannot know. Never empty: no state was read. */
  readonly unknown: readonly string[];
}
