import type { Comparison } from '../compare/compare';
import { rulePath } from '../compare/diff';
import { dottedPath, hasExpression } from '../../terraform-json/expression';
import { referencesInExpression } from '../../terraform-json/references';
import { at } from '../../terraform-json/json';
import { addTo } from '../../terraform-json/group';
import { isWithin } from '../../terraform-json/paths';
import { references } from '../match/match';
import { triggersIn, withoutKeys, type Resource } from '../read/program';
import { isItself, labelOf } from '../names/label';
import type { Cause, Dependent } from '../model';
import { sourceOf, type Knowledge } from '../knowledge/tables';

/** A resource in the graph of replacements, with what has been found so far. */
export interface Node {
  readonly pair: Comparison;
  readonly knowledge: Knowledge | undefined;
  /** Whether a plan covers it, so that nothing is predicted. */
  readonly isPlanned: boolean;
  /** Whether it is destroyed, and possibly created again. */
  lost: boolean;
  readonly causes: Cause[];
  readonly possibleCauses: Cause[];
  /** The resources that are replaced because this one is. */
  readonly dependents: Dependent[];
}

/**
 * Propagates replacements to dependents: the id of a recreated resource is unknown until it exists, so a resource that
 * refers to it in an attribute that cannot be updated is recreated as well. Others are updated, which may trigger more.
 *
 * @returns the addresses of resources that depend on a lost one and whose types are unknown
 */
export function propagate(nodes: readonly Node[]): string[] {
  const kept = nodes.flatMap(keptIn);
  const graph: Graph = { mentions: mentionsOf(kept), triggers: byTrigger(kept), updated: new Map() };
  const unknown = new Set<string>();
  const active = new Map<string, Node>();
  const lost = nodes.filter((node) => node.lost).flatMap((node) => propagateFrom(node, graph, unknown));
  // a replacement can trigger others: each round looks only at what the last one found.
  let fresh = [...nodes.filter(isTrigger), ...lost];
  while (fresh.length > 0) {
    fresh.forEach((node) => active.set(addressOf(node), node));
    const hit = triggered(fresh, active, graph);
    fresh = [...hit, ...hit.flatMap((node) => propagateFrom(node, graph, unknown))];
  }
  spreadDoubt(nodes, graph);
  return [...unknown];
}

/** A resource that exists before and after the change, and that no plan covers. */
interface Kept {
  readonly node: Node;
  readonly base: Resource;
  readonly head: Resource;
}

function keptIn(node: Node): Kept[] {
  const { base, head } = node.pair;
  return base === undefined || head === undefined || node.isPlanned ? [] : [{ node, base, head }];
}

/** The edges from a resource to those that change with it, by address. */
interface Graph {
  readonly mentions: ReadonlyMap<string, readonly Mention[]>;
  /** The resources with triggers, by the address that triggers them. */
  readonly triggers: ReadonlyMap<string, readonly Node[]>;
  /** The paths at which resources change together with what they mention, as far as found. */
  readonly updated: Map<Node, string[]>;
}

interface Mention extends Kept {
  readonly path: string;
  readonly attribute: string;
}

/**
 * Whether a change of the resource itself, which updates or recreates it, can trigger replacements.
 *
 * The creation or destruction of a resource, or of some of its instances, triggers none.
 */
function isTrigger({ pair: { base, link, findings } }: Node): boolean {
  return base !== undefined && link !== 'renamed' && findings.length > 0;
}

/** Whether nothing has been found that may replace it. */
function isUndoubted({ lost, possibleCauses }: Node): boolean {
  return !lost && possibleCauses.length === 0;
}

/** Follows the mentions of a lost resource, and returns the resources that are lost or updated with it. */
function propagateFrom(start: Node, graph: Graph, unknown: Set<string>): Node[] {
  const found: Node[] = [];
  const queue = [start];
  // a list that grows during the iteration: added nodes are visited as well.
  for (const cause of queue) {
    for (const mention of followed(cause, graph)) {
      found.push(mention.node);
      if (isLostWith(cause, mention, unknown)) {
        queue.push(mention.node);
      }
    }
  }
  return found;
}

/** The mentions of a resource, and thereby the values that change with it. */
function followed(cause: Node, { mentions, updated }: Graph): readonly Mention[] {
  const found = mentions.get(addressOf(cause)) ?? [];
  found.forEach(({ node, path }) => addTo(updated, node, path));
  return found;
}

/** Records that a resource depends on a lost one, and returns whether it is newly lost. */
function isLostWith(cause: Node, mention: Mention, unknown: Set<string>): boolean {
  const { node, base, head, path, attribute } = mention;
  if (node.lost) {
    return false;
  }
  const rules = node.knowledge?.rules;
  if (rules === undefined) {
    unknown.add(head.address);
    return false;
  }
  if (rules.replaces.some((rule) => isWithin(path, rule))) {
    node.causes.push(causeOf(cause, mention, `depends on ${partOf(cause, attribute)}, which is recreated`));
    node.lost = true;
    cause.dependents.push({
      stack: head.stack,
      address: head.address,
      name: labelOf(base),
      reason: `its ${path} depends on it`,
    });
    return true;
  }
  const conditional = rules.sometimes.find(({ path: rule }) => isWithin(path, rule));
  if (conditional !== undefined) {
    const text = `depends on ${partOf(cause, attribute)}, which is recreated; forces replacement ${conditional.when.text}`;
    node.possibleCauses.push(causeOf(cause, mention, text));
  }
  return false;
}

function causeOf(cause: Node, { node, head, path }: Mention, text: string): Cause {
  const source = node.knowledge && sourceOf(node.knowledge, head.type);
  return { attribute: path, text, dependsOn: partOf(cause, ''), source };
}

/** Records which resources may be replaced because something that they depend on, or that triggers them, may be. */
function spreadDoubt(nodes: readonly Node[], graph: Graph): void {
  const active = new Map<string, Node>();
  const queue = nodes.filter(({ lost, possibleCauses }) => !lost && possibleCauses.length > 0);
  // a list that grows during the iteration: added nodes are visited as well.
  for (const cause of queue) {
    const mentions = followed(cause, graph);
    for (const mention of mentions) {
      const { node, path, attribute } = mention;
      const { replaces = [], sometimes = [] } = node.knowledge?.rules ?? {};
      const fixed = [...replaces, ...sometimes.map((rule) => rule.path)];
      if (isUndoubted(node) && fixed.some((rule) => isWithin(path, rule))) {
        node.possibleCauses.push(
          causeOf(cause, mention, `depends on ${partOf(cause, attribute)}, which may be recreated`),
        );
        queue.push(node);
      }
    }
    const reached = [cause, ...mentions.map(({ node }) => node)];
    reached.forEach((node) => active.set(addressOf(node), node));
    for (const { node, trigger } of pulledBy(reached, active, graph)) {
      if (isUndoubted(node)) {
        node.possibleCauses.push(triggerCause(trigger, 'may change', active));
        queue.push(node);
      }
    }
  }
}

/** The resources that `replace_triggered_by` replaces because one of the sources changes. */
function triggered(sources: readonly Node[], active: ReadonlyMap<string, Node>, graph: Graph): Node[] {
  const pulled = pulledBy(sources, active, graph);
  for (const { node, trigger, pull } of pulled) {
    if (pull === 'changes') {
      node.lost = true;
      node.causes.push(triggerCause(trigger, pull, active));
    } else if (isUndoubted(node)) {
      node.possibleCauses.push(triggerCause(trigger, pull, active));
    }
  }
  return pulled.flatMap(({ node }) => (node.lost ? [node] : []));
}

/** Whether the target of a trigger changes. */
type Pull = 'changes' | 'may change';

interface Pulled {
  readonly node: Node;
  readonly trigger: string;
  readonly pull: Pull;
}

/** The resources that triggers replace or may replace, each with its most certain trigger. */
function pulledBy(sources: readonly Node[], active: ReadonlyMap<string, Node>, graph: Graph): Pulled[] {
  const candidates = new Set(sources.flatMap((source) => graph.triggers.get(addressOf(source)) ?? []));
  const open = [...candidates].filter(({ lost }) => !lost);
  return open.flatMap((node) => {
    const pulls = triggersOf(node).flatMap((trigger): Pulled[] => {
      const pull = pullOf(trigger, active, graph);
      return pull === undefined ? [] : [{ node, trigger, pull }];
    });
    return pulls.find(({ pull }) => pull === 'changes') ?? pulls;
  });
}

function triggerCause(trigger: string, pull: Pull, active: ReadonlyMap<string, Node>): Cause {
  return { attribute: 'lifecycle.replace_triggered_by', text: `${triggerText(trigger, active)} ${pull}` };
}

function triggersOf({ pair: { head } }: Node): string[] {
  return head === undefined ? [] : triggersIn(head.meta);
}

function byTrigger(kept: readonly Kept[]): Map<string, Node[]> {
  const found = new Map<string, Node[]>();
  for (const { node } of kept) {
    for (const { address } of triggersOf(node).flatMap(referencesInExpression)) {
      addTo(found, address, node);
    }
  }
  return found;
}

/** What a trigger refers to. */
interface Target {
  readonly node: Node;
  readonly path: string;
  /** Whether the trigger is this reference and nothing else. */
  readonly isWhole: boolean;
}

function targetOf(trigger: string, active: ReadonlyMap<string, Node>): Target | undefined {
  const found = referencesInExpression(trigger).flatMap((reference): Target[] => {
    const node = active.get(reference.address);
    const isWhole = reference.start === 0 && reference.end === trigger.length;
    return node === undefined ? [] : [{ node, path: dottedPath(reference), isWhole }];
  });
  return found[0];
}

/** Whether the target of a trigger changes; an attribute that the code does not set may change with its resource. */
function pullOf(trigger: string, active: ReadonlyMap<string, Node>, { updated }: Graph): Pull | undefined {
  const target = targetOf(trigger, active);
  if (target === undefined) {
    return undefined;
  }
  const { node, path, isWhole } = target;
  if (path === '') {
    return isWhole ? 'changes' : 'may change';
  }
  const touches = (name: string) => isWithin(name, path) || isWithin(path, name);
  const hits = node.pair.findings.filter((finding) => touches(rulePath(finding.path)));
  const isCertain = hits.some(({ before, after }) => !hasExpression(before) && !hasExpression(after));
  if (isCertain || updated.get(node)?.some(touches)) {
    return 'changes';
  }
  if (hits.length > 0) {
    return 'may change';
  }
  if (at(node.pair.head?.attributes, path) !== undefined) {
    return undefined;
  }
  return isItself(path) ? identityPull(node) : 'may change';
}

/** Whether the id of a resource changes, as it does when the resource is recreated. */
function identityPull({ lost, possibleCauses, knowledge }: Node): Pull | undefined {
  if (lost) {
    return 'changes';
  }
  return possibleCauses.length > 0 || knowledge?.rules === undefined ? 'may change' : undefined;
}

/** A trigger in words if it is nothing but a reference, or else as it is written. */
function triggerText(trigger: string, active: ReadonlyMap<string, Node>): string {
  const target = targetOf(trigger, active);
  return target?.isWhole ? partOf(target.node, target.path) : trigger;
}

/** A resource in words, with its attribute unless that only identifies it. */
function partOf({ pair: { base, head } }: Node, attribute: string): string {
  const resource = base ?? head;
  const label = resource === undefined ? '' : labelOf(resource);
  return isItself(attribute) ? label : `${attribute} of ${label}`;
}

/** The address that others refer to: for an instance, that of the whole resource. */
function addressOf({ pair: { head } }: Node): string {
  return withoutKeys(head?.address ?? '');
}

/** The mentions of each address. */
function mentionsOf(kept: readonly Kept[]): Map<string, Mention[]> {
  const mentions = new Map<string, Mention[]>();
  for (const one of kept) {
    for (const { address, attribute, path } of references(one.head)) {
      addTo(mentions, address, { ...one, path, attribute });
    }
  }
  return mentions;
}
