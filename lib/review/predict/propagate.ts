import type { Comparison } from '../compare/compare';
import { rulePath } from '../compare/diff';
import { dottedPath, hasExpression } from '../../terraform-json/expression';
import { referencesInExpression, type Reference } from '../../terraform-json/references';
import { at, blocks, listAt } from '../../terraform-json/json';
import { references } from '../match/match';
import { withoutKeys } from '../read/program';
import { isItself, labelOf } from '../names/label';
import type { Cause, Dependent } from '../model';
import { sourceOf, type Knowledge } from '../knowledge/tables';

/** A resource in the graph of replacements: what is known about it, and what has been found so far. */
export interface Node {
  readonly pair: Comparison;
  readonly knowledge: Knowledge | undefined;
  /** Whether a plan covers it, so that nothing is predicted. */
  readonly isPlanned: boolean;
  /** Whether anything of it changes. */
  readonly changed: boolean;
  /** Whether it is destroyed, and possibly created again. */
  lost: boolean;
  readonly causes: Cause[];
  readonly possibleCauses: Cause[];
  /** The resources that are replaced because this one is. */
  readonly dependents: Dependent[];
}

/**
 * Propagates replacements to dependents: the id of a recreated resource is unknown until it exists, so a resource that
 * refers to it in an attribute that cannot be updated is recreated as well.
 *
 * @returns the addresses of resources that depend on a lost one, and about whose types nothing is known
 */
export function propagate(nodes: readonly Node[]): string[] {
  const mentions = mentionsOf(nodes);
  const triggers = byTrigger(nodes);
  const unknown = new Set<string>();
  const active = new Map<string, Node>();
  const activate = (added: readonly Node[]) => added.forEach((node) => active.set(addressOf(node), node));
  const lost = nodes.filter((node) => node.lost).flatMap((node) => propagateFrom(node, mentions, unknown));
  // what is found sets off more: each round looks only at what the last one found.
  let fresh = [...new Set([...nodes.filter((node) => node.lost || node.changed), ...lost])];
  while (fresh.length > 0) {
    activate(fresh);
    const hit = triggered(fresh, triggers, active);
    fresh = [...hit, ...hit.flatMap((node) => propagateFrom(node, mentions, unknown))];
  }
  spreadDoubt(nodes, mentions);
  return [...unknown].sort();
}

interface Mention {
  readonly node: Node;
  readonly path: string;
  readonly attribute: string;
}

/** Marks a resource that depends on a lost one; true if that makes it lost as well. */
function follow(cause: Node, { node, path, attribute }: Mention, unknown: Set<string>): boolean {
  const { base, head } = node.pair;
  if (node.lost || node.isPlanned || base === undefined || head === undefined) {
    return false;
  }
  const rules = node.knowledge?.rules;
  if (rules === undefined) {
    unknown.add(head.address);
    return false;
  }
  const covers = (rule: string) => path === rule || path.startsWith(`${rule}.`);
  const source = node.knowledge && sourceOf(node.knowledge, head.type);
  if (rules.replaces.some(covers)) {
    const text = `depends on ${partOf(cause, attribute)}, which is recreated`;
    node.causes.push({ attribute: path, text, dependsOn: partOf(cause, ''), source });
    node.lost = true;
    cause.dependents.push({
      stack: head.stack,
      address: head.address,
      name: labelOf(base),
      reason: `its ${path} depends on it`,
    });
    return true;
  }
  const conditional = rules.sometimes.find(({ path: rule }) => covers(rule));
  if (conditional !== undefined) {
    const text = `depends on ${partOf(cause, attribute)}, which is recreated; forces replacement ${conditional.when.text}`;
    node.possibleCauses.push({ attribute: path, text, dependsOn: partOf(cause, ''), source });
  }
  return false;
}

/** Marks what may be replaced because something that it depends on may be. */
function spreadDoubt(nodes: readonly Node[], mentions: ReadonlyMap<string, Mention[]>): void {
  const isDoubtful = ({ lost, possibleCauses }: Node) => !lost && possibleCauses.length > 0;
  const queue = nodes.filter(isDoubtful);
  // a list that grows during the iteration: added nodes are visited as well.
  for (const cause of queue) {
    for (const { node, path, attribute } of mentions.get(addressOf(cause)) ?? []) {
      const { rules } = node.knowledge ?? {};
      const fixed = [...(rules?.replaces ?? []), ...(rules?.sometimes ?? []).map((rule) => rule.path)];
      const isFixed = fixed.some((rule) => path === rule || path.startsWith(`${rule}.`));
      const isKept = node.pair.base !== undefined && !node.lost && !node.isPlanned && node.possibleCauses.length === 0;
      if (isFixed && isKept) {
        const text = `depends on ${partOf(cause, attribute)}, which may be recreated`;
        node.possibleCauses.push({
          attribute: path,
          text,
          dependsOn: partOf(cause, ''),
          source: node.knowledge && sourceOf(node.knowledge, node.pair.head?.type ?? ''),
        });
        queue.push(node);
      }
    }
  }
}

/** Follows the mentions of a lost resource, and returns what is lost with it. */
function propagateFrom(start: Node, mentions: ReadonlyMap<string, Mention[]>, unknown: Set<string>): Node[] {
  const found: Node[] = [];
  const queue = [start];
  // a list that grows during the iteration: added nodes are visited as well.
  for (const node of queue) {
    for (const mention of mentions.get(addressOf(node)) ?? []) {
      if (follow(node, mention, unknown)) {
        found.push(mention.node);
        queue.push(mention.node);
      }
    }
  }
  return found;
}

/**
 * The resources that `replace_triggered_by` newly replaces because another one changes.
 *
 * @param triggers The resources with triggers, by the addresses that trigger them
 */
function triggered(
  sources: readonly Node[],
  triggers: ReadonlyMap<string, readonly Node[]>,
  active: ReadonlyMap<string, Node>,
): Node[] {
  const candidates = new Set(sources.flatMap((source) => triggers.get(addressOf(source)) ?? []));
  return [...candidates].filter((node) => {
    if (node.lost || node.isPlanned || node.possibleCauses.length > 0) {
      return false;
    }
    const pulls = triggersOf(node).map((trigger) => ({ trigger, pull: pullOf(trigger, active) }));
    const pulled = pulls.find(({ pull }) => pull === 'changes') ?? pulls.find(({ pull }) => pull === 'may change');
    if (pulled === undefined) {
      return false;
    }
    node.lost = pulled.pull === 'changes';
    const list = node.lost ? node.causes : node.possibleCauses;
    list.push({
      attribute: 'lifecycle.replace_triggered_by',
      text: `${triggerText(pulled.trigger, active)} ${pulled.pull}`,
    });
    return node.lost;
  });
}

function triggersOf({ pair: { base, head } }: Node): string[] {
  return base === undefined || head === undefined
    ? []
    : blocks(head.meta['lifecycle']).flatMap((lifecycle) => listAt(lifecycle, 'replace_triggered_by'));
}

/** The resources with triggers, by the addresses that trigger them. */
function byTrigger(nodes: readonly Node[]): Map<string, Node[]> {
  const found = new Map<string, Node[]>();
  for (const node of nodes) {
    for (const { address } of triggersOf(node).flatMap(referencesInExpression)) {
      const list = found.get(address) ?? [];
      found.set(address, list);
      list.push(node);
    }
  }
  return found;
}

/** Whether the target of a trigger changes; an attribute that the code does not set may change with its resource. */
function pullOf(trigger: string, active: ReadonlyMap<string, Node>): 'changes' | 'may change' | undefined {
  const references = referencesInExpression(trigger);
  const reference = references.find(({ address }) => active.has(address));
  const { pair } = active.get(reference?.address ?? '') ?? {};
  if (pair === undefined || reference === undefined) {
    return undefined;
  }
  const path = dottedPath(reference);
  if (path === '') {
    return isWhole(reference, trigger) ? 'changes' : 'may change';
  }
  const hits = pair.findings.filter((finding) => {
    const name = rulePath(finding.path);
    return name === path || name.startsWith(`${path}.`) || path.startsWith(`${name}.`);
  });
  if (hits.length > 0) {
    return hits.some(({ before, after }) => !hasExpression(before) && !hasExpression(after)) ? 'changes' : 'may change';
  }
  return at(pair.head?.attributes, path) === undefined ? 'may change' : undefined;
}

/** What triggers a replacement, in words where it is a reference and nothing else. */
function triggerText(trigger: string, active: ReadonlyMap<string, Node>): string {
  const [reference] = referencesInExpression(trigger);
  const node = active.get(reference?.address ?? '');
  return reference === undefined || node === undefined || !isWhole(reference, trigger)
    ? trigger
    : partOf(node, dottedPath(reference));
}

/** Whether a trigger is a reference and nothing else. */
function isWhole({ start, end }: Reference, trigger: string): boolean {
  return start === 0 && end === trigger.length;
}

/** A resource in words, and its attribute if that is more than its identity. */
function partOf({ pair: { base, head } }: Node, attribute: string): string {
  const resource = base ?? head;
  const label = resource === undefined ? '' : labelOf(resource);
  return isItself(attribute) ? label : `${attribute} of ${label}`;
}

/** The address that others refer to: that of the whole resource, for one of its instances. */
function addressOf({ pair: { head } }: Node): string {
  return withoutKeys(head?.address ?? '');
}

/** The mentions of each address, in attributes whose values are known only once the other resource exists. */
function mentionsOf(nodes: readonly Node[]): Map<string, Mention[]> {
  const mentions = new Map<string, Mention[]>();
  for (const node of nodes) {
    for (const { address, attribute, path } of node.pair.head ? references(node.pair.head) : []) {
      const list = mentions.get(address) ?? [];
      mentions.set(address, list);
      list.push({ node, path, attribute });
    }
  }
  return mentions;
}
